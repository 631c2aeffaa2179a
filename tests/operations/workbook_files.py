"""Workbooks made of a few lines, whole or taken apart and spoilt."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Sheet: TypeAlias = Worksheet
Spoil = Callable[[Sheet], object]


def workbook_of(*lines: Mapping[str, object], spoil: Spoil | None = None) -> bytes:
    """Return a workbook of `lines` under the columns of the first, its sheet spoilt if asked."""
    return sheets_of(rows_of(*lines), spoil=spoil)


def rows_of(*lines: Mapping[str, object]) -> list[Sequence[object]]:
    """Return a header and the rows below it."""
    return [tuple(lines[0]), *(tuple(each.values()) for each in lines)]


def sheets_of(
    *sheets: Sequence[Sequence[object]], hidden: int = 0, spoil: Spoil | None = None
) -> bytes:
    """Return a workbook of so many sheets; the last `hidden` of them are hidden."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.create_sheet("Notes")
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"List {number}")
        for row in rows:
            sheet.append(tuple(row))
        if number >= len(sheets) - hidden:
            sheet.sheet_state = "hidden"
        if spoil is not None:
            spoil(sheet)
    return _saved(book)


def parts_of(book: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as one archive."""
    kept = io.BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def changed(book: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with `old` replaced by `new` in one part, where it must stand."""
    parts = parts_of(book)
    assert old in parts[name]
    return zipped({**parts, name: parts[name].replace(old, new, 1)})


def _saved(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
