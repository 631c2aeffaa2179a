"""Open a feed's file, whether it is a file of text or a workbook."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from directory.operations.reading import FeedFile
from directory.operations.workbooks import Wanted, WorkbookFile

Source = FeedFile | WorkbookFile
"""An open file: its digest, its size, its header and its lines."""

_WORKBOOK = b"PK\x03\x04"


def anything(_header: Sequence[str]) -> bool:
    """Want any sheet."""
    return True


@contextmanager
def opened(file: Path | bytes, wanted: Wanted = anything) -> Iterator[Source]:
    """Yield the open file, or raise Unreadable; of a workbook, the sheet that is `wanted`."""
    with BytesIO(file) if isinstance(file, bytes) else file.open("rb") as handle:
        is_workbook = handle.read(len(_WORKBOOK)) == _WORKBOOK
        yield WorkbookFile(handle, wanted) if is_workbook else FeedFile(handle)
