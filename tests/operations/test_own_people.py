"""Own pupils and patients: those of the user's own school or practice, and of no other."""

from datetime import date

import pytest
from sqlalchemy import insert

from directory.domain.access import Refused
from directory.domain.looking import Answer
from directory.domain.vocabulary import Purpose, Relationship, Role, Service
from directory.store.line_tables import InvolvementRow, TeamRow
from tests.factories import days_ago, reference
from tests.operations.accounts_world import World
from tests.operations.family_world import MIA, chosen, keep_line, search, viewing, worker

BORN = date(2017, 3, 27)
OWN, ANOTHER = "NSC", "SCH002"
ROLES = [
    (Role.SCHOOL_SAFEGUARDING_LEAD, Service.SCHOOL, Purpose.PUPIL_WELFARE),
    (Role.HEALTH_PRACTITIONER, Service.HEALTH, Purpose.DIRECT_CARE),
]
STRANGERS = [(ANOTHER, None), (None, None), (OWN, days_ago(0)), (OWN, days_ago(30))]
for_each_role = pytest.mark.parametrize(
    ("role", "service", "purpose"), ROLES, ids=["a school", "a practice"]
)
for_each_stranger = pytest.mark.parametrize(
    ("employer", "ended"),
    STRANGERS,
    ids=["another's", "nobody's", "ended today", "ended before"],
)


def involve(
    here: World, service: Service, employer: str | None, *, ended: date | None = None
) -> None:
    """Let a team of `employer` be involved with Mia, to the day before `ended`."""
    keep_line(here, 11, MIA, called="Mia Stone", service=service, birth=BORN)
    team = reference(71)
    with here.database.writing() as connection:
        connection.execute(
            insert(TeamRow).values(
                id=team, service=service, source_reference="T1", visible_from=1,
                organisation="Northshire", name="Pastoral team", employer=employer,
            )
        )  # fmt: skip
        connection.execute(
            insert(InvolvementRow).values(line=11, team=team, started=days_ago(90), ended=ended)
        )


@for_each_role
@pytest.mark.parametrize("ended", [None, days_ago(-1)], ids=["going on", "ending tomorrow"])
def test_ones_own_are_found_by_name_and_may_be_looked_at(
    here: World, role: Role, service: Service, purpose: Purpose, ended: date | None
) -> None:
    involve(here, service, OWN, ended=ended)
    access = worker(here, role)

    result = search(here, access, name="Mia Stone")

    assert [each.person for each in result.hits] == [MIA]
    assert chosen(here, access, MIA).relationship is Relationship.OWN_SERVICE
    viewing(here, access, person=MIA, look_up=result.reference, purpose=purpose)


@pytest.mark.parametrize(("role", "service"), [row[:2] for row in ROLES])
@for_each_stranger
def test_others_are_not_found_by_name(
    here: World, role: Role, service: Service, employer: str | None, ended: date | None
) -> None:
    involve(here, service, employer, ended=ended)

    result = search(here, worker(here, role), name="Mia Stone")

    assert (result.answer, result.hits) == (Answer.NONE, ())


@for_each_role
@for_each_stranger
def test_others_are_told_of_exactly_and_not_looked_at(
    here: World,
    role: Role,
    service: Service,
    purpose: Purpose,
    employer: str | None,
    ended: date | None,
) -> None:
    involve(here, service, employer, ended=ended)
    access = worker(here, role)

    result = search(here, access, name="Mia Stone", birth=BORN)

    assert [each.person for each in result.hits] == [MIA]
    assert chosen(here, access, MIA).relationship is Relationship.NONE
    with pytest.raises(Refused):
        viewing(here, access, person=MIA, look_up=result.reference, purpose=purpose)
