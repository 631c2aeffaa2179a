"""The refused lines of a sent file, as a file to be mended and sent again."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.events import Event
from directory.domain.extracts import Refusal
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.operations.columns import Meanings, is_header
from directory.operations.fields import FORMULA_STARTS
from directory.operations.opening import opened
from directory.operations.reading import Row
from directory.operations.sending import own_sent
from directory.operations.sent_folder import SentFolder
from directory.operations.upkeep import enter_own
from directory.policy.permissions import Action

_REASON = "reason"
_BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets misread letters


def read_refused(ledger: Ledger, access: Access, *, reference: UUID, folder: SentFolder) -> str:
    """Return the refused lines in the sender's own columns, with why as the last one.

    Raises NotFound where none was refused, or the file is there no more. A value that a
    spreadsheet would reckon with has an apostrophe before it, which is left out when it is read.
    """
    with ledger.entry(access, Event.REFUSED_READ, action=Action.EXTRACT_SEND) as work:
        service = enter_own(work, access)
        sent = own_sent(work, service, reference)
        refused = _by_line(sent.report.refused if sent.report else ())
        if not refused or not sent.keeps_file:
            raise NotFound
        with work.extracts_unlocked() as extracts:
            meanings = extracts.meanings.of(service)
        try:
            written = _written(folder, reference, refused, (service, meanings))
        except FileNotFoundError:
            raise NotFound from None
        work.remark(words=f"{len(refused)} lines")
    return written


def _written(
    folder: SentFolder,
    reference: UUID,
    refused: Mapping[int, str],
    whose: tuple[Service, Meanings],
) -> str:
    kept = io.StringIO()
    writer = csv.writer(kept)
    with opened(folder.file(reference), lambda header: is_header(header, *whose)) as source:
        header = source.header()
        writer.writerow((*map(_harmless, header), _REASON))
        for row in source.rows(_unheard):
            if row.number in refused:
                writer.writerow((*_cells(row, len(header)), refused[row.number]))
    return _BYTE_ORDER_MARK + kept.getvalue()


def _by_line(refused: Collection[Refusal]) -> dict[int, str]:
    """Return for each refused line all that is wrong with it; the file as a whole is none."""
    found: dict[int, str] = {}
    for each in refused:
        if each.line:
            said = f"{each.column}: {each.reason}" if each.column else each.reason
            found[each.line] = f"{found[each.line]}; {said}" if each.line in found else said
    return {line: f"line {line}: {said}" for line, said in found.items()}


def _cells(row: Row, width: int) -> Iterator[str]:
    """Yield as many cells as the header has: the reason stands last whatever the line is."""
    for place in range(width):
        yield _harmless(row.cells[place]) if place < len(row.cells) else ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _unheard(_done: int) -> None:
    """Tell nobody."""
