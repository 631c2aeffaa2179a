"""Start the application in earnest: refuse what is insecure, then serve it."""

import os
import stat
import tempfile
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import waitress
from flask import Flask
from typing_extensions import override
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from directory.api.v1 import LARGEST_BODY_BYTES as LARGEST_API_BODY_BYTES
from directory.api.v1 import PREFIX
from directory.app import LARGEST_FORM_BYTES, SENT, Means, build
from directory.operations.passwords import Passwords
from directory.operations.sent_folder import SentFolder
from directory.post import Post, keep_sweeping
from directory.settings import Settings, read
from directory.store.engine import Database, is_superuser, is_world_readable
from directory.store.schema import is_current
from directory.store.sealing import Keys
from directory.taking import Taking
from directory.web.access import system_clock
from directory.web.arriving import FILE_ROUTE, LARGEST_BODY_BYTES
from directory.wiring import (
    DEMONSTRATION,
    NoKeys,
    database_url,
    in_background,
    kept_texts,
    once_settled,
    open_ledger,
    read_keys,
    working_holidays,
)

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_CONNECTIONS = 200
_PROXY = {
    "trusted_proxy": "127.0.0.1",
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
}


class BodyParser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Refuses a body that is too large unread; larger ones may come to two addresses alone."""

    adj: Adjustments

    @override
    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and let a file come where one may."""
        super().parse_header(header_plus)
        if self.command == "POST" and self.path == FILE_ROUTE:
            self._let_in(LARGEST_BODY_BYTES)
        elif self.path.startswith(f"{PREFIX}/"):
            self._let_in(LARGEST_API_BODY_BYTES)

    def _let_in(self, most: int) -> None:
        larger = copy(self.adj)
        larger.max_request_body_size = most
        self.adj = larger


class InsecureStart(Exception):
    """The instance would not be safe as it is set up; the message says what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One opened instance."""

    settings: Settings
    database: Database
    keys: Keys


def opened(settings: Settings) -> Instance:
    """Open the instance's keys and database, or raise InsecureStart."""
    try:
        keys = read_keys(settings.data)
    except NoKeys as fault:
        raise InsecureStart(f"{fault}: run `directory init` first") from None
    database = Database(database_url(settings))
    if not is_current(database):
        database.close()
        raise InsecureStart("the database is of another release: run `directory upgrade` first")
    return Instance(settings=settings, database=database, keys=keys)


def refuse_insecure(instance: Instance) -> None:
    """Raise InsecureStart with every fault of a start in earnest."""
    settings = instance.settings
    faults = [
        (settings.training, "DIRECTORY_TRAINING is for the demonstration only"),
        (
            (settings.data / DEMONSTRATION).exists(),
            "the data folder is the demonstration's, and everybody knows its passwords",
        ),
        (not settings.behind_https, "set DIRECTORY_BEHIND_HTTPS once a proxy here serves HTTPS"),
        (not settings.public_host, "set DIRECTORY_PUBLIC_HOST to the name users type"),
        (settings.host not in _LOOPBACK, "listen on loopback, behind the proxy that serves HTTPS"),
        (not settings.always_answered, "set DIRECTORY_ALWAYS_ANSWERED to a number answered now"),
        (bool(os.environ.get("FLASK_DEBUG")), "FLASK_DEBUG must not be set"),
        (_is_open(settings.data / "keys"), "the keys folder must be readable by this user alone"),
        (is_world_readable(instance.database), "the database file must not be readable by others"),
        (is_superuser(instance.database), "the database role must not be a superuser"),
    ]
    found = [words for is_fault, words in faults if is_fault]
    if found:
        raise InsecureStart("; ".join(found))


def application(instance: Instance) -> Flask:
    """Return the web application of an opened instance."""
    data, keys = instance.settings.data, instance.keys
    texts = kept_texts(data, keys, aside=in_background)
    ledger = open_ledger(instance.database, keys, data=data, texts=texts)
    once_settled(ledger.prepare)
    keep_sweeping(ledger, Post(instance.settings))
    taking = Taking(ledger, SentFolder(data / SENT))
    return build(
        Means(
            ledger=ledger,
            settings=instance.settings,
            passwords=Passwords(),
            csrf_key=instance.keys.session,
            clock=system_clock,
            holidays=working_holidays(),
            wake=taking.wake,
        )
    )


def production() -> Flask:
    """Return the application for a WSGI server such as gunicorn, refusing an insecure start."""
    instance = opened(read(os.environ))
    refuse_insecure(instance)
    return application(instance)


def serve(app: Flask, settings: Settings) -> None:
    """Serve `app` until the process is told to stop.

    A body is kept while it arrives in a file without a name, in the data folder and nowhere else.
    """
    tempfile.tempdir = str(SentFolder(settings.data / SENT).ready())
    HTTPChannel.parser_class = BodyParser
    proxy = _PROXY if settings.behind_https else {}
    waitress.serve(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        connection_limit=_CONNECTIONS,
        max_request_body_size=LARGEST_FORM_BYTES,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **proxy,
    )


def _is_open(folder: Path) -> bool:
    paths = [folder, *folder.iterdir()]
    return any(path.stat().st_mode & _OTHERS for path in paths)
