"""The guarded council with housing's involvements, and Asha who watches Ewan's family."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, insert, update

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.vocabulary import Service
from directory.operations import letters, notices, watches
from directory.policy.permissions import Action
from directory.store.line_tables import InvolvementRow, LineRow, PractitionerRow, TeamRow
from tests.factories import EWAN, LEAH, NOON, days_ago, reference
from tests.operations.accounts_world import World, operator
from tests.operations.audit_world import asha, look
from tests.operations.restrictions_world import guarded_council

HOUSING = Service.HOUSING
TEAM, KIM, NAOMI = reference(31), reference(32), reference(33)
EWANS, LEAHS = 51, 53
SOON, HOUR = NOON + timedelta(minutes=6), timedelta(hours=1)


@contextmanager
def housed(folder: Path) -> Iterator[World]:
    """Yield the council where Kim leads Ewan's and Leah's tenancy."""
    with guarded_council(folder) as here:
        with here.database.writing() as connection:
            sent = {"service": HOUSING, "visible_from": 1}
            team = {"id": TEAM, "source_reference": "T1", "organisation": "Hillside"}
            connection.execute(insert(TeamRow).values(sent | team | {"name": "Mill team"}))
            for who, name in ((KIM, "Kim Doyle"), (NAOMI, "Naomi Doyle")):
                staff = {"id": who, "source_reference": name, "team": TEAM, "name": name}
                connection.execute(insert(PractitionerRow).values(sent | staff))
            _let(connection, EWANS, EWAN)
            _let(connection, LEAHS, LEAH)
        yield here


def _let(connection: Connection, number: int, person: UUID) -> None:
    line = {
        "id": number, "service": HOUSING, "source_reference": f"TEN/{number}", "visible_from": 1,
        "kind": "involvement", "digest": b"", "person": person, "state": "linked",
    }  # fmt: skip
    connection.execute(insert(LineRow).values(line))
    days = {"started": days_ago(100), "last_involved": days_ago(9)}
    connection.execute(
        insert(InvolvementRow).values(line=number, team=TEAM, practitioner=KIM, **days)
    )


def moved(here: World) -> None:
    """Say that something changed which boards are made of, as a file that is taken does."""
    with here.ledger.entry(operator(), Event.EXTRACT_TAKEN, action=Action.EXTRACT_TAKE) as work:
        work.index_people([])


def let(here: World, person: UUID, number: int = 60) -> None:
    """Let housing begin with somebody."""
    with here.database.writing() as connection:
        _let(connection, number, person)
    moved(here)


def change(here: World, number: int = EWANS, **said: object) -> None:
    """Let housing say something else of an involvement: another lead, unless it is named."""
    with here.database.writing() as connection:
        values = said or {"practitioner": NAOMI}
        mine = InvolvementRow.line == number
        connection.execute(update(InvolvementRow).where(mine).values(**values))
    moved(here)


def hold(here: World, number: int = EWANS, *, person: UUID | None = None) -> None:
    """Hold a line, so that nobody sees it, or let it go to `person` again."""
    state = "held" if person is None else "linked"
    with here.database.writing() as connection:
        mine = LineRow.id == number
        connection.execute(update(LineRow).where(mine).values(state=state, person=person))
    moved(here)


def watching(here: World, access: Access | None = None) -> tuple[Access, UUID]:
    """Let Asha look at the family and watch it; return her access and the viewing."""
    worker = access or asha(here)
    viewing = look(here, worker)
    watches.watch(here.ledger, worker, viewing=viewing)
    return worker, viewing


def sweep(here: World, at: datetime = SOON) -> int:
    """Compare what is due at `at`, and return how many users were told."""
    return watches.sweep(here.ledger, replace(operator(), at=at))


def told(here: World, access: Access) -> list[tuple[UUID, bool]]:
    """Return whose family each notice leads to, and whether it is new."""
    found = notices.list_notices(here.ledger, access)
    return [(each.person, each.is_new) for each in found.told]


def watched(here: World, access: Access) -> list[str]:
    """Return whose family the user reads that they watch."""
    found = notices.list_notices(here.ledger, access)
    return [each.family.person.name for each in found.watched]


def letters_told(here: World, at: datetime = SOON) -> list[str]:
    """Let the letters go that go at `at`, and return the words of those about notices."""
    post = replace(operator(), at=at)
    taken = letters.take_letters(here.ledger, post)
    letters.note_sent(here.ledger, post, pages=[each.page for each in taken])
    return [each.words for each in taken if each.subject.startswith("Something has changed")]
