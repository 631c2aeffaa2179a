"""What stewards and officers did since a delivery outlives its undo, and so does protection."""

import pytest

from directory.domain.matching import ActState, Choice
from directory.domain.vocabulary import Absence, Service
from directory.operations import matching_acts
from directory.policy.disclosed import DisclosedAct
from tests.operations.extracts_world import file_of, line, many
from tests.operations.feed_world import OTHERS, YESTERDAY, rule, undo
from tests.operations.matching_world import Desk
from tests.operations.test_restrictions_intake import hide_leah, known_town, leah

BEGINS_WITH = known_town
ELSEWHERE = {"house": "2", "street": "High Street", "postcode": "NX9 9ZZ"}
UNKNOWN = {"date_of_birth": "", **ELSEWHERE}
POLICE, HOUSING = Service.POLICE, Service.HOUSING


def police(here: Desk, *more: dict[str, str], duty: str = "01632 960100") -> None:
    """Let the police send their lines, and one that could be anybody's."""
    here.take(*many(25, first=300, team_duty_line=duty), *more, service=POLICE)


def undone(here: Desk) -> None:
    """Take the last delivery of the police back."""
    undo(here.here, service=POLICE)


def done(here: Desk) -> tuple[DisclosedAct, ...]:
    """Return what the steward did."""
    return matching_acts.list_acts(here.ledger, here.steward(), state=ActState.DONE, page=1).acts


def test_a_decision_on_a_line_that_waited_before_holds_in_what_is_seen_again(here: Desk) -> None:
    police(here, line("POL/1", **UNKNOWN))
    police(here, line("POL/1", **(UNKNOWN | {"last_involved": "20/11/2026"})))
    [waiting] = here.waiting()
    here.decide(waiting, Choice.THIS_PERSON, leah(here))

    undone(here)

    assert (here.whose("POL/1"), here.waiting()) == (leah(here), [])
    [seen] = [each for each in here.here.seen() if each.source_reference == "POL/1"]
    assert str(seen.last_involved) == "2026-06-12"


def test_a_new_person_s_line_that_the_undo_takes_leaves_the_person_unfound(here: Desk) -> None:
    police(here)
    police(here, line("POL/1", **UNKNOWN))
    [waiting] = here.waiting()
    here.decide(waiting, Choice.NEW_PERSON)
    person = here.whose("POL/1")

    undone(here)

    assert (here.whose("POL/1"), here.waiting()) == (None, [])
    assert person not in {each.reference for each in here.here.people()}
    police(here, line("POL/1", **UNKNOWN))
    assert len(here.waiting()) == 1


def test_a_decision_that_was_taken_back_stays_taken_back(here: Desk) -> None:
    police(here, line("POL/1", **UNKNOWN))
    [waiting] = here.waiting()
    here.decide(waiting, Choice.THIS_PERSON, leah(here))
    police(here, line("POL/1", **(UNKNOWN | {"last_involved": "20/11/2026"})))
    [act] = done(here)
    matching_acts.take_back(here.ledger, here.steward(), act=act.act)

    undone(here)

    assert (here.whose("POL/1"), here.waiting()) == (None, [waiting])


def test_a_decision_on_a_line_that_is_held_can_be_taken_back(here: Desk) -> None:
    rule(here.here.database, Absence.HOLD, service=POLICE)
    police(here, line("POL/1", **UNKNOWN))
    [waiting] = here.waiting()
    here.decide(waiting, Choice.THIS_PERSON, leah(here))
    police(here)
    [act] = done(here)
    matching_acts.take_back(here.ledger, here.steward(), act=act.act)

    police(here, line("POL/1", **UNKNOWN))

    assert (here.whose("POL/1"), here.waiting()) == (None, [waiting])


@pytest.mark.parametrize("told", [{}, {"surname": "Stone", **ELSEWHERE}])
def test_somebody_hidden_since_stays_hidden_and_what_was_captured_holds(
    here: Desk, told: dict[str, str]
) -> None:
    police(here)
    police(here, line("POL/1", **told))
    hide_leah(here)

    undone(here)

    report = here.take(*many(25, first=300), line("POL/2", **told), service=POLICE)
    assert (report.new, report.waiting, here.whose("POL/2")) == (1, 0, None)


def test_whoever_lives_with_somebody_hidden_once_more_is_protected_with_them(here: Desk) -> None:
    mia = {"forenames": "Mia", "surname": "Stone", "date_of_birth": "30/05/2013"}
    police(here, line("POL/1", **mia))
    police(here, line("POL/1", **(mia | ELSEWHERE)))
    person = here.whose("POL/1")
    hide_leah(here)
    assert person is not None

    undone(here)

    with here.here.database.reading() as connection:
        protected = connection.exec_driver_sql("select person from restriction_person").all()
    assert person.bytes in {bytes(each[0]) for each in protected}


def test_a_line_that_officers_hold_is_not_told_by_the_figures(here: Desk) -> None:
    rule(here.here.database, Absence.END, service=HOUSING)
    hide_leah(here)
    held, open_ = line("TEN/8"), many(1, first=77)[0]
    every = list(OTHERS)
    here.here.take(file_of(*every, held, open_), as_of=YESTERDAY)

    reports = [here.here.check(file_of(*every, other), as_of=YESTERDAY) for other in (held, open_)]

    assert reports[0].toll == reports[1].toll
