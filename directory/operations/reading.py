"""Read a feed's file: its digest, its header and its lines, one at a time."""

import csv
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import BinaryIO

MOST_LINE_BYTES = 16_384
_CHUNK_BYTES = 1 << 20
_TOLD_EVERY_BYTES = 4_096
_MOST_LINES_OF_A_VALUE = 5
_UNCLOSED = "has a quotation mark that is not closed in its line"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FOREIGN_STARTS = (
    (b"\xff\xfe", "is in UTF-16: save it as “CSV UTF-8”"),
    (b"\xfe\xff", "is in UTF-16: save it as “CSV UTF-8”"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "is an old workbook, or one with a password: save it as XLSX without one, or as CSV",
    ),
    (b"\x1f\x8b", "is compressed: unpack it first"),
    (b"%PDF", "is a PDF: an extract is a CSV or an XLSX file"),
)

Advance = Callable[[int], None]
"""Told how many bytes of the file have been read."""


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is the reason, `column` where it lies."""

    def __init__(self, reason: str, *, column: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the file cut into cells; `fault` says why it could not be cut."""

    number: int
    cells: tuple[str, ...] = ()
    fault: str = ""


class FeedFile:
    """One open file; each line stands alone, so that a broken one cannot swallow the next.

    A line is UTF-8, or else Windows-1252. Numbers count from 1, the header among them.
    """

    def __init__(self, handle: BinaryIO) -> None:
        """Read the whole once, for its digest and its size; raise Unreadable if it is no text."""
        self._handle = handle
        self.numbered: Collection[int] = ()  # no text says whether it was a number
        _check_start(handle)
        _check_text(handle)
        self.digest, self.size = digested(handle)

    def header(self) -> tuple[str, ...]:
        """Return the cells of the first line that is not empty."""
        first = next(self._rows(_unheard, 0), None)
        if first is None:
            raise Unreadable("is empty")
        if first.fault:
            raise Unreadable(f"has no header: line {first.number} {first.fault}")
        return first.cells

    def rows(self, advance: Advance) -> Iterator[Row]:
        """Yield every line below the header that is not empty, from the top each time."""
        rows = self._rows(advance, len(self.header()))
        next(rows)
        yield from rows

    def is_unchanged(self) -> bool:
        """Return whether the file still has the bytes it was opened with."""
        return digested(self._handle) == (self.digest, self.size)

    def _rows(self, advance: Advance, width: int) -> Iterator[Row]:
        self._handle.seek(0)
        ahead: deque[tuple[int, bytes]] = deque()
        lines = enumerate(self._lines(advance), start=1)
        while ahead or (ahead := deque(islice(lines, 1))):
            number, raw = ahead.popleft()
            row = _row(number, raw)
            if row is not None and row.fault == _UNCLOSED:
                ahead.extend(islice(lines, _MOST_LINES_OF_A_VALUE - len(ahead)))
                row = _joined(row, raw, ahead, width)
            if row is not None:
                yield row

    def _lines(self, advance: Advance) -> Iterator[bytes]:
        """Yield each line; of one that is too long, its first bytes, so that it is seen to be."""
        done, told = 0, 0
        while raw := self._handle.readline(MOST_LINE_BYTES + 1):
            rest = raw
            done += len(rest)
            while len(rest) > MOST_LINE_BYTES and not rest.endswith(b"\n"):
                rest = self._handle.readline(MOST_LINE_BYTES + 1)
                done += len(rest)
            if done - told >= _TOLD_EVERY_BYTES:
                advance(done)
                told = done
            yield raw


def _unheard(_done: int) -> None:
    """Tell nobody."""


def _check_start(handle: BinaryIO) -> None:
    handle.seek(0)
    start = handle.read(max(len(mark) for mark, _ in _FOREIGN_STARTS))
    for mark, reason in _FOREIGN_STARTS:
        if start.startswith(mark):
            raise Unreadable(reason)


def digested(handle: BinaryIO) -> tuple[bytes, int]:
    """Return the digest and size of the whole."""
    digest, size = sha256(), 0
    for chunk in _chunks(handle):
        digest.update(chunk)
        size += len(chunk)
    return digest.digest(), size


def _check_text(handle: BinaryIO) -> None:
    """Raise Unreadable where the whole is no lines of text."""
    feeds, returns = False, False
    for chunk in _chunks(handle):
        if b"\0" in chunk:
            raise Unreadable("has a NUL byte: it is no text, or was cut off")
        feeds, returns = feeds or b"\n" in chunk, returns or b"\r" in chunk
    if returns and not feeds:
        raise Unreadable("ends its lines in CR alone: save it with LF or CRLF")


def _chunks(handle: BinaryIO) -> Iterator[bytes]:
    handle.seek(0)
    while chunk := handle.read(_CHUNK_BYTES):
        yield chunk


def _row(number: int, raw: bytes) -> Row | None:
    """Return the line cut into cells, None where it is empty."""
    if len(raw) > MOST_LINE_BYTES:
        return Row(number=number, fault=f"is longer than {MOST_LINE_BYTES:,} bytes")
    text = _text(raw.removeprefix(_BYTE_ORDER_MARK) if number == 1 else raw)
    if text is None:
        return Row(number=number, fault="has a byte that is neither UTF-8 nor Windows-1252")
    if not text.strip(", \t\r\n"):
        return None
    if text.count('"') % 2:
        return Row(number=number, fault=_UNCLOSED)
    try:
        return Row(number=number, cells=_cells(text))
    except csv.Error:
        return Row(number=number, fault="has a quotation mark or a line end inside a value")


def _joined(row: Row, raw: bytes, ahead: deque[tuple[int, bytes]], width: int) -> Row:
    """Return the row with the lines its value breaks over; alone where they do not fit it."""
    whole = raw
    for count, (_, following) in enumerate(ahead, start=1):
        whole += following
        text = _text(whole)
        if text is None or text.count('"') % 2:
            continue
        try:
            cells = _cells(text)
        except csv.Error:
            return row
        if len(cells) != width:
            return row
        for _ in range(count):
            ahead.popleft()
        return Row(number=row.number, cells=cells)
    return row


def _cells(text: str) -> tuple[str, ...]:
    return tuple(next(csv.reader((text.rstrip("\r\n"),), strict=True)))


def _text(raw: bytes) -> str | None:
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
