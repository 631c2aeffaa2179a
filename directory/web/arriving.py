"""Files on their way in: written into the data folder at once, and gone with their request."""

import os
import secrets
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import IO, ParamSpec, TypeVar, cast
from uuid import UUID

from flask import Flask, Request, current_app, request
from typing_extensions import override

from directory.domain.sending import MOST_SENT_BYTES
from directory.operations.sent_folder import FILE_MODE, SentFolder

P = ParamSpec("P")
R = TypeVar("R")
_FILE_MARK = "directory_takes_file"
_FORM_BYTES = 16 * 1024  # what stands around the file in the form it is sent in
_BUFFER_BYTES = 512 * 1024  # what is read of a file at once counts as memory too
LARGEST_BODY_BYTES = MOST_SENT_BYTES + _FORM_BYTES
FILE_ROUTE = "/extracts/send"


class FileRequest(Request):
    """A request whose file, where one may be sent at all, goes into the data folder."""

    takes_file: bool = False
    arrived: Path | None = None

    @override
    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if not self.takes_file or self.arrived is not None:
            return BytesIO()
        path = sent_folder().arriving(secrets.token_hex(16))
        self.arrived = path
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE)
        return os.fdopen(handle, "w+b")


def takes_file(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as one to which whoever may do what it performs may send a file."""
    setattr(view, _FILE_MARK, True)
    return view


def let_file_in(view: object) -> None:
    """Let this request bring a file to `view`, if it takes one: its sender may do what it does."""
    if getattr(view, _FILE_MARK, False):
        current = _request()
        current.max_content_length = LARGEST_BODY_BYTES
        current.max_form_memory_size = _BUFFER_BYTES
        current.takes_file = True


def sent_folder() -> SentFolder:
    """Return the folder that sent files are kept in."""
    return cast("SentFolder", current_app.config["SENT_FOLDER"])


def has_file(name: str) -> bool:
    """Return whether a file with anything in its name came in the field `name`."""
    sent = request.files.get(name)
    return sent is not None and bool(sent.filename) and _request().arrived is not None


def keep_file(reference: UUID) -> None:
    """Keep the file that came, under its reference."""
    current = _request()
    for sent in current.files.values():
        sent.stream.flush()
    if current.arrived is None:
        raise FileNotFoundError
    sent_folder().keep(current.arrived, reference)


def install(app: Flask) -> None:
    """Let requests of `app` bring files, and let none of them leave one behind."""
    app.request_class = FileRequest

    def leave_nothing(_fault: BaseException | None) -> None:
        current = _request()
        if current.arrived is not None:
            current.close()
            current.arrived.unlink(missing_ok=True)

    app.teardown_request(leave_nothing)


def _request() -> FileRequest:
    return cast("FileRequest", request)
