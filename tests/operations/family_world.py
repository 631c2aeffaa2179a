"""More of the small council of audit_world: other people, other services, allocations."""

from datetime import date
from uuid import UUID

from sqlalchemy import insert, update

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.looking import Sought
from directory.domain.vocabulary import NameKind, Purpose, Role, Service
from directory.operations import families, people
from directory.operations.families import Board
from directory.operations.people import Chosen, LookUp
from directory.policy.permissions import Action
from directory.store.agencies import AgencyStore
from directory.store.line_tables import FeedRow, InvolvementRow, LineNameRow, LineRow, TeamRow
from directory.store.people import PeopleStore
from tests.factories import NOON, days_ago, profile, reference
from tests.operations.accounts_world import World, at_work, operator, sealer, settle

MIA = reference(13)
TEAM = reference(31)
SOMEBODY = reference(32)
CARE = Service.CHILDRENS_SOCIAL_CARE


def worker(here: World, role: Role) -> Access:
    """Return the access of a new user at work in `role`."""
    email = f"{role}@council.example"
    settle(here, email=email, display_name=str(role), roles=frozenset({role}))
    return at_work(here, role=role, email=email)


def keep_line(
    here: World,
    number: int,
    person: UUID,
    *,
    called: str,
    service: Service = CARE,
    birth: date | None = None,
) -> None:
    """Keep a line of `service` about `person`, who belongs to no family by it, and index them."""
    forenames, surname = called.split()
    with here.database.writing() as connection:
        if service not in AgencyStore(connection).profiles():
            AgencyStore(connection).keep_services([profile(service)])
            connection.execute(update(FeedRow).values(current=1, as_of=days_ago(1)))
        if not PeopleStore(connection, sealer()).many([person]):
            PeopleStore(connection, sealer()).new([person], NOON)
        line = {
            "id": number, "service": service, "source_reference": f"P{number}",
            "visible_from": 1, "kind": "person", "digest": b"", "person": person,
            "state": "linked", "birth": birth,
        }  # fmt: skip
        connection.execute(insert(LineRow).values(line))
        names = {"forenames": forenames, "surname": surname, "kind": NameKind.CURRENT}
        connection.execute(insert(LineNameRow).values(line=number, position=0, **names))
    with here.ledger.entry(operator(), Event.EXTRACT_TAKEN, action=Action.EXTRACT_TAKE) as work:
        work.index_people([person])


def allocate(
    here: World, number: int, person: UUID, *, practitioner: UUID | None, since: date
) -> None:
    """Keep an allocation of `person` to TEAM, and perhaps to one of its practitioners."""
    with here.database.writing() as connection:
        if not connection.scalar(TeamRow.__table__.select()):
            connection.execute(
                insert(TeamRow).values(
                    id=TEAM, service=CARE, source_reference="T1", visible_from=1,
                    organisation="Northshire", name="Assessment team",
                )
            )  # fmt: skip
        line = {
            "id": number, "service": CARE, "source_reference": f"A{number}", "visible_from": 1,
            "kind": "allocation", "digest": b"", "person": person, "state": "linked",
        }  # fmt: skip
        connection.execute(insert(LineRow).values(line))
        connection.execute(
            insert(InvolvementRow).values(
                line=number, team=TEAM, practitioner=practitioner, started=since
            )
        )


def search(here: World, access: Access, **sought: object) -> LookUp:
    """Search, and return the results."""
    asked = people.ask(here.ledger, access, sought=Sought(**sought))  # type: ignore[arg-type]  # as named by the test
    return people.look_up(here.ledger, access, reference=asked)


def chosen(here: World, access: Access, person: UUID) -> Chosen:
    """Choose `person` without a search."""
    with here.ledger.entry(access, Event.PERSON_CHOSEN, action=Action.PEOPLE_FIND) as work:
        return people.chosen(work, access, person)


def viewing(
    here: World,
    access: Access,
    *,
    person: UUID,
    look_up: UUID,
    purpose: Purpose = Purpose.CHILD_PROTECTION,
) -> UUID:
    """Say why one looks at the `person` whom `look_up` found, and return the viewing."""
    return families.give_purpose(
        here.ledger,
        access,
        person=person,
        look_up=look_up,
        purpose=purpose,
        reason="duty call 4411",
    )


def members(board: Board) -> list[UUID]:
    """Return who stands on a board."""
    return [each.person.person for each in board.board.members]
