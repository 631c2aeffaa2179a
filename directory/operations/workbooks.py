"""Read a feed's file that is a workbook: one sheet of it, as the lines of a file of text."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from directory.operations.reading import Advance, Row, Unreadable, digested
from directory.operations.unpacking import Part, looked_through

Wanted = Callable[[Sequence[str]], bool]
"""Tells whether a header has columns of the feed."""

_TOLD_EVERY_ROWS = 100
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_BROKEN = "is a workbook that cannot be read: save it again, as XLSX or CSV"
_MERGED = "has cells that are merged: part them, so that each cell says what it holds"
_UNKEPT = "has a formula whose value was not kept: open the file and save it again"
_FAILED = "has a cell that shows an error instead of a value"


class WorkbookFile:
    """One sheet of an open workbook: the only one with lines, or the only one that is wanted.

    Rows have the numbers that the spreadsheet shows. `numbered` are the places, from 0, of columns
    in which a value came as a number: zeros before it are lost.
    """

    def __init__(self, handle: BinaryIO, wanted: Wanted) -> None:
        """Look through it, then open its sheet; raise Unreadable where it cannot be."""
        self._handle = handle
        self.digest, _ = digested(handle)
        self.numbered: set[int] = set()
        handle.seek(0)
        parts = looked_through(handle)
        self._sheet = _sheet(_opened(handle), wanted)
        self._faults = _faults(self._sheet, parts[self._sheet.name])
        self.size = self._sheet.total_height + 1

    def header(self) -> tuple[str, ...]:
        """Return the cells of the first row that is not empty."""
        number, cells = next(_filled(self._sheet), (0, ()))
        if not cells:
            raise Unreadable("is empty")
        if number in self._faults:
            raise Unreadable(f"has no header: line {number} {self._faults[number]}")
        return _trimmed(cells, 0)

    def rows(self, advance: Advance) -> Iterator[Row]:
        """Yield every row below the header that is not empty, from the top each time."""
        width = len(self.header())
        for index, (number, cells) in enumerate(_filled(self._sheet)):
            if not index:
                continue
            if number % _TOLD_EVERY_ROWS == 0:
                advance(number)
            fault = self._faults.get(number, "")
            if fault:
                yield Row(number=number, cells=_trimmed(cells, width), fault=fault)
                continue
            self.numbered.update(_numbers(cells))
            yield Row(number=number, cells=_trimmed(cells, width))

    def is_unchanged(self) -> bool:
        """Return whether the file still has the bytes it was opened with."""
        return digested(self._handle)[0] == self.digest


def _opened(handle: BinaryIO) -> CalamineWorkbook:
    handle.seek(0)
    try:
        return CalamineWorkbook.from_filelike(handle)
    except CalamineError:
        raise Unreadable(_BROKEN) from None


def _sheet(workbook: CalamineWorkbook, wanted: Wanted) -> CalamineSheet:
    """Return the sheet that is meant, or raise Unreadable where it is not to be told."""
    filled = list[CalamineSheet]()
    for each in workbook.sheets_metadata:
        if each.visible is SheetVisibleEnum.Visible:
            try:
                filled.append(workbook.get_sheet_by_name(each.name))
            except CalamineError:
                continue  # a chart, or what is no sheet of cells
    headers = [(each, next(_filled(each), (0, ()))[1]) for each in filled]
    filled = [each for each, header in headers if header]
    meant = [each for each, header in headers if header and wanted(_trimmed(header, 0))]
    if not filled:
        raise Unreadable("is empty")
    if len(meant) > 1:
        raise Unreadable("has several sheets with lines: save the one that is meant by itself")
    return (meant or filled)[0]


def _filled(sheet: CalamineSheet) -> Iterator[tuple[int, Sequence[object]]]:
    """Yield the rows that are not empty, with the numbers that the spreadsheet shows."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if any(_text(cell).strip() for cell in cells):
            yield number, cells


def _faults(sheet: CalamineSheet, part: Part) -> dict[int, str]:
    merged = {
        row + 1
        for (first, _), (last, _) in sheet.merged_cell_ranges or ()
        for row in range(first, min(last, sheet.total_height) + 1)
    }
    return {
        **dict.fromkeys(part.failed, _FAILED),
        **dict.fromkeys(part.unkept, _UNKEPT),
        **dict.fromkeys(merged, _MERGED),
    }


def _trimmed(cells: Sequence[object], width: int) -> tuple[str, ...]:
    """Return the cells as texts, without the empty ones at the end beyond `width`."""
    texts = [_text(cell) for cell in cells]
    while len(texts) > width and not texts[-1].strip():
        texts.pop()
    return tuple(texts + [""] * (width - len(texts)))


def _numbers(cells: Sequence[object]) -> Iterator[int]:
    return (place for place, cell in enumerate(cells) if type(cell) in {int, float})


def _text(cell: object) -> str:
    """Return what a cell says, as a file of text would: a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
