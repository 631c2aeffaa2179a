"""A family in a small council, for whoever looks at it and for the IG lead who asks who did."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, insert, update

from directory.domain.access import Access
from directory.domain.audit import Entry
from directory.domain.events import Event
from directory.domain.looking import Sought
from directory.domain.vocabulary import FamilyRole, NameKind, Purpose, Role, Service
from directory.operations import families, involvement, people
from directory.operations.investigations import ask_for_person, find_person, open_investigation
from directory.policy.permissions import Action
from directory.store.agencies import AgencyStore
from directory.store.audit import AuditStore
from directory.store.line_tables import FeedRow, LineNameRow, LineRow
from directory.store.people import PeopleStore
from directory.store.sharing import SharingStore
from tests.factories import EWAN, LEAH, NOON, agreement, days_ago, party, profile, reference
from tests.operations.accounts_world import KEYS, World, at_work, operator, sealer, settle, world

ASHA_EMAIL, IG_EMAIL = "asha.rahman@council.example", "ines.grant@council.example"
SERVICES = (Service.CHILDRENS_SOCIAL_CARE, Service.HOUSING)
REASON = "duty call 4411"


@contextmanager
def council(folder: Path) -> Iterator[World]:
    """Yield a council where Ewan and his mother Leah are known, and Asha and Ines work."""
    with world(folder) as here:
        with here.database.writing() as connection:
            AgencyStore(connection).keep_services(profile(each) for each in SERVICES)
            connection.execute(update(FeedRow).values(current=1, as_of=days_ago(1)))
            SharingStore(connection).keep(reference(51), agreement(parties=(party(),)))
            PeopleStore(connection, sealer()).new([EWAN, LEAH], NOON)
            _keep_line(connection, 1, EWAN, "Ewan Blake", FamilyRole.ANCHOR_CHILD)
            _keep_line(connection, 2, LEAH, "Leah Blake", FamilyRole.PARENT)
        with here.ledger.entry(operator(), Event.EXTRACT_TAKEN, action=Action.EXTRACT_TAKE) as work:
            work.index_people([EWAN, LEAH])
        settle(here)
        settle(
            here, email=IG_EMAIL, display_name="Ines Grant", roles=frozenset({Role.IG_LEAD})
        )  # fmt: skip
        yield here


def _keep_line(
    connection: Connection, number: int, person: UUID, name: str, role: FamilyRole
) -> None:
    forenames, surname = name.split()
    line = {
        "id": number, "service": Service.CHILDRENS_SOCIAL_CARE, "source_reference": f"P{number}",
        "visible_from": 1, "kind": "person", "digest": b"", "person": person, "state": "linked",
        "postcode": "NX42AB", "family": "F1", "family_role": role,
    }  # fmt: skip
    called = {"forenames": forenames, "surname": surname, "kind": NameKind.CURRENT}
    connection.execute(insert(LineRow).values(line))
    connection.execute(insert(LineNameRow).values(line=number, position=0, **called))


def asha(here: World, at: datetime = NOON) -> Access:
    """Return Asha at work."""
    return at_work(here, at=at, email=ASHA_EMAIL)


def ines(here: World, at: datetime = NOON + timedelta(hours=1)) -> Access:
    """Return Ines, the IG lead, at work an hour later."""
    return at_work(here, at=at, role=Role.IG_LEAD, email=IG_EMAIL)


def look(here: World, access: Access) -> UUID:
    """Search for Ewan, choose him, say why, see the board and housing's card: case 1's five acts.

    Return the viewing.
    """
    sought = people.ask(here.ledger, access, sought=Sought(name="Blake, Ewan"))
    people.look_up(here.ledger, access, reference=sought)
    people.choose(here.ledger, access, look_up=sought, person=EWAN)
    viewing = families.give_purpose(
        here.ledger,
        access,
        person=EWAN,
        look_up=sought,
        purpose=Purpose.CHILD_PROTECTION,
        reason=REASON,
    )
    families.view_board(here.ledger, access, viewing=viewing)
    involvement.open_card(
        here.ledger, access, viewing=viewing, person=EWAN, service=Service.HOUSING
    )
    return viewing


def investigated(here: World, access: Access) -> UUID:
    """Open an investigation."""
    return open_investigation(here.ledger, access, matter="IG-2026-014", reason="A complaint")


def found(here: World, access: Access, investigation: UUID, name: str = "Blake, Ewan") -> UUID:
    """Search inside the investigation, and return the search."""
    look_up = ask_for_person(here.ledger, access, sought=Sought(name=name))
    find_person(here.ledger, access, investigation=investigation, look_up=look_up)
    return look_up


def entries(here: World) -> list[Entry]:
    """Return the whole audit, the oldest first."""
    with here.database.reading() as connection:
        return [link.entry for link in AuditStore(connection, sealer(), KEYS).chain()]
