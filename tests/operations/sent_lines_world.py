"""Programmes of a council of extracts, sending lines like those of files."""

from dataclasses import replace

from sqlalchemy import select

from directory.domain.access import Access
from directory.domain.accounts import SecondFactor
from directory.domain.sent_lines import Once, Sent, SentAnswer
from directory.domain.vocabulary import Role, Scope, Service
from directory.operations import programmes, sent_lines, sent_practitioners, sent_taken
from directory.operations.programmes import ProgrammePlan
from directory.store.line_tables import InvolvementRow, LineRow
from tests.factories import NOON
from tests.operations.accounts_world import operator
from tests.operations.extracts_world import Cells
from tests.operations.matching_world import Desk

BOTH = frozenset({Scope.INVOLVEMENTS_WRITE, Scope.PRACTITIONERS_WRITE})


def sender(
    here: Desk, service: Service = Service.HOUSING, *, scopes: frozenset[Scope] = BOTH
) -> Access:
    """Make a programme of the service, and return it at work."""
    plan = ProgrammePlan(name="A system", organisation="NSC", scopes=scopes, service=service)
    made = programmes.make_programme(here.ledger, operator(), plan=plan, rule=SecondFactor.REQUIRED)
    kept = programmes.view_programme(here.ledger, operator(), programme=made).programme
    return Access(
        at=NOON,
        role=Role.PROGRAMME,
        organisation=kept.organisation,
        service=service,
        programme=made,
        scopes=scopes,
    )


def send(
    here: Desk, who: Access, *lines: Cells, seen: str = "", once: Once | None = None
) -> tuple[SentAnswer, ...]:
    """Send lines with the columns of a file."""
    sent = tuple(Sent(reference=each["source_reference"], parts=each, seen=seen) for each in lines)
    return sent_lines.send(here.ledger, who, lines=sent, once=once)


def send_practitioner(
    here: Desk, who: Access, *of: Cells, seen: str = "", once: Once | None = None
) -> tuple[SentAnswer, ...]:
    """Send the practitioners that lines of a file name."""
    sent = tuple(
        Sent(reference=each["practitioner_reference"], parts=each, seen=seen) for each in of
    )
    return sent_practitioners.send(here.ledger, who, practitioners=sent, once=once)


def take(here: Desk) -> int:
    """Take what was sent, as the sweep does."""
    return sent_taken.take_sent(here.ledger, replace(operator(), at=NOON))


def revision(here: Desk, reference: str) -> int | None:
    """Return the revision of the newest version of a line."""
    with here.here.database.reading() as connection:
        return connection.scalar(
            select(InvolvementRow.revision)
            .join(LineRow, LineRow.id == InvolvementRow.line)
            .where(LineRow.source_reference == reference)
            .order_by(LineRow.visible_from.desc())
            .limit(1)
        )
