"""No file gives a protected person away, and its sender reads that it was taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from directory.domain.events import Event
from directory.domain.extracts import Report
from directory.domain.identifiers import Postcode
from directory.domain.matching import Choice
from directory.domain.restrictions import OrderKind, Protection
from directory.domain.vocabulary import Service
from directory.operations import restrictions
from directory.policy.permissions import Action
from directory.store.restrictions import RestrictionStore
from tests.operations.extracts_world import Cells, allocation, file_of, line, person
from tests.operations.matching_world import Desk, desk, town

POLICE, CARE = Service.POLICE, Service.CHILDRENS_SOCIAL_CARE
SCHOOL = Service.SCHOOL
ELSEWHERE: Cells = {"house": "2", "street": "High Street", "postcode": "NX9 9ZZ"}
OTHER: Cells = {"forenames": "Rob", "surname": "Stone", "date_of_birth": "05/01/1980"}


@contextmanager
def known_town(folder: Path) -> Iterator[Desk]:
    """Yield a council that knows Leah among others."""
    with desk(folder) as opened:
        opened.take(*town())
        yield opened


BEGINS_WITH = known_town


def leah(here: Desk) -> UUID:
    found = here.whose("TEN/1")
    assert found is not None
    return found


def hide_leah(here: Desk) -> UUID:
    order = here.guard(leah(here))
    entry = here.ledger.entry(here.officer(), Event.ORDER_CHANGED, action=Action.PROTECTION_KEEP)
    with entry as work:  # these officers have no session, whose second factor would be asked
        work.restrictions.change(order, kind=OrderKind.SAFETY, protection=Protection.HIDDEN)
        work.index_people([leah(here)])
    return order


def counts(report: Report) -> tuple[int, ...]:
    return (
        report.new, report.linked, report.known, report.changed, report.waiting,
        report.refused_lines,
    )  # fmt: skip


GIVEN_AWAY = {
    "herself": {},
    "a typing slip": {"forenames": "Laeh"},
    "another surname": {"surname": "Stone", **ELSEWHERE},
    "her home": OTHER,
}


@pytest.mark.parametrize("told", GIVEN_AWAY.values(), ids=GIVEN_AWAY)
def test_a_line_that_may_be_about_somebody_hidden_is_held(here: Desk, told: Cells) -> None:
    hide_leah(here)

    report = here.take(line("POL/1", **told), service=POLICE)

    assert (counts(report), here.whose("POL/1")) == ((1, 0, 0, 0, 0, 0), None)
    assert here.waiting() == []
    assert len(here.waiting(here.officer())) == 1


def test_a_line_with_a_date_of_birth_that_one_service_alone_tells_is_held(here: Desk) -> None:
    here.take(line("POL/9", date_of_birth="01/07/1995"), service=POLICE)
    [waiting] = here.waiting()
    here.decide(waiting, Choice.THIS_PERSON, leah(here))
    hide_leah(here)

    here.take(
        line("SCH/1", surname="Stone", date_of_birth="01/07/1995", **ELSEWHERE), service=SCHOOL
    )

    assert here.whose("SCH/1") is None


@pytest.mark.parametrize("told", GIVEN_AWAY.values(), ids=GIVEN_AWAY)
def test_its_sender_reads_what_the_sender_about_nobody_known_reads(
    tmp_path: Path, told: Cells
) -> None:
    reports: list[list[Report]] = []
    for number, known in enumerate((town(), town()[1:])):
        folder = tmp_path / str(number)
        folder.mkdir()
        with desk(folder) as here:
            here.take(*known)
            if not number:
                hide_leah(here)
            sent = file_of(line("POL/1", **told))
            reports.append(
                [
                    here.here.check(sent, service=POLICE),
                    here.here.take(sent, service=POLICE),
                    here.here.check(sent, service=POLICE),
                    here.here.take(sent, service=POLICE),
                ]
            )

    assert [counts(each) for each in reports[0]] == [counts(each) for each in reports[1]]


def test_a_line_that_names_somebody_of_a_held_line_reads_linked(here: Desk) -> None:
    hide_leah(here)
    first = here.take(person("CSC/1"), allocation("A/1", "CSC/1"), service=CARE)

    again = here.take(person("CSC/1"), allocation("A/1", "CSC/1"), service=CARE)

    assert counts(first) == (1, 1, 0, 0, 0, 0)
    assert counts(again) == (0, 0, 2, 0, 0, 0)
    assert here.whose("A/1") is None


def test_a_file_of_lines_that_name_a_held_one_alone_reads_linked(here: Desk) -> None:
    hide_leah(here)
    here.take(person("CSC/1"), service=CARE)

    report = here.take(person("CSC/1"), allocation("A/1", "CSC/1"), service=CARE)

    assert counts(report) == (0, 1, 1, 0, 0, 0)


def test_a_known_line_that_moves_in_with_somebody_hidden_is_held(here: Desk) -> None:
    here.take(line("POL/1", **OTHER, **ELSEWHERE), service=POLICE)
    hide_leah(here)

    report = here.take(line("POL/1", **OTHER), service=POLICE)

    assert (counts(report), here.whose("POL/1")) == ((0, 0, 0, 1, 0, 0), None)


def test_a_line_of_somebody_behind_a_broker_does_not_give_somebody_hidden_away(
    here: Desk,
) -> None:
    here.take(line("POL/1", **OTHER, **ELSEWHERE), service=POLICE)
    behind_a_broker = here.whose("POL/1")
    assert behind_a_broker
    here.guard(behind_a_broker)
    hide_leah(here)

    report = here.take(line("POL/1", **OTHER), service=POLICE)

    assert (counts(report), here.whose("POL/1")) == ((0, 0, 0, 1, 0, 0), None)


def test_a_protected_person_s_own_line_stays_theirs_and_is_captured(here: Desk) -> None:
    known = leah(here)
    hide_leah(here)

    report = here.take(line(**ELSEWHERE), *town()[1:])
    stranger = here.take(line("POL/1", **OTHER, **ELSEWHERE), service=POLICE)

    assert (report.changed, here.whose("TEN/1")) == (1, known)
    assert (counts(stranger), here.whose("POL/1")) == ((1, 0, 0, 0, 0, 0), None)


def test_whoever_lives_with_somebody_protected_is_protected_too(here: Desk) -> None:
    here.take(line("POL/1", **OTHER), line("POL/2", **ELSEWHERE), service=POLICE)

    order = hide_leah(here)

    with here.here.database.reading() as connection:
        kept = RestrictionStore(connection).order(order)
    assert kept is not None
    assert {leah(here), here.whose("POL/1")} <= set(kept.people)


def test_whoever_has_their_names_and_day_and_month_swapped_is_protected_too(here: Desk) -> None:
    told = {"forenames": "Katherine", "surname": "Stone", "date_of_birth": "03/02/1985"}
    swapped = {"forenames": "Stone", "surname": "Katherine", "date_of_birth": "02/03/1985"}
    here.take(line("POL/1", **told), line("POL/2", **swapped, **ELSEWHERE), service=POLICE)
    one, other = here.whose("POL/1"), here.whose("POL/2")
    assert one
    assert other
    assert one != other

    order = here.guard(one)

    with here.here.database.reading() as connection:
        kept = RestrictionStore(connection).order(order)
    assert kept is not None
    assert other in kept.people


def test_a_safe_address_holds_whoever_is_said_to_live_there(here: Desk) -> None:
    order = hide_leah(here)

    restrictions.keep_address(
        here.ledger, here.officer(), order=order, house="2", street="High Street",
        postcode=Postcode.parse("NX9 9ZZ"),
    )  # fmt: skip

    here.take(line("POL/1", **OTHER, **ELSEWHERE), service=POLICE)
    assert here.whose("POL/1") is None


def test_a_line_that_waited_before_the_order_is_held_from_then_on(here: Desk) -> None:
    bare = {"date_of_birth": "", "house": "", "street": "", "postcode": ""}
    here.take(line("POL/1", **bare), service=POLICE)
    [waiting] = here.waiting()

    hide_leah(here)

    assert here.waiting() == []
    assert here.waiting(here.officer()) == [waiting]
    assert leah(here) in here.candidates(waiting, here.officer())
