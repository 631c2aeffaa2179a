"""A steward says whose a waiting line is: at once, once and for all, and until taken back."""

from datetime import timedelta
from typing import Any

import pytest

from directory.domain.access import NotFound, Refused
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.extracts import ExtractOutcome
from directory.domain.matching import ActState, Changed, Choice, Part
from directory.domain.vocabulary import Service
from directory.operations import extracts, matching, matching_acts, matching_decisions
from directory.operations.matching_decisions import Decision
from directory.policy.disclosed import fields_shown
from tests.factories import NOON
from tests.operations.extracts_world import (
    LAST_WEEK,
    OPERATOR,
    YESTERDAY,
    allocation,
    file_of,
    line,
    person,
    tie,
    unheard,
)
from tests.operations.matching_world import NAMESAKE, Desk, desk, leah, town

BEGINS_WITH = desk
POLICE, CSC = Service.POLICE, Service.CHILDRENS_SOCIAL_CARE


def waiting(here: Desk, **differing: str) -> Any:
    """Take Leah's tenancy, and then a line that may be about her, and return its reference."""
    here.take(*town())
    here.take(leah(**differing), service=POLICE)
    return here.waiting()[0]


def test_a_waiting_line_stands_beside_whom_it_may_be_about(here: Desk) -> None:
    found = matching.compare(here.ledger, here.steward(), waiting=waiting(here))

    assert found.line.names == ("Leah Blake",)
    assert [each.names for each in found.candidates] == [("Leah Blake",)]
    assert found.candidates[0].services_known == 1
    assert {"surname_same", "forename_same"} <= set(found.candidates[0].why)


def test_a_steward_is_shown_who_somebody_is_and_nothing_of_who_knows_them(here: Desk) -> None:
    found = matching.compare(here.ledger, here.steward(), waiting=waiting(here))

    assert set(fields_shown((found.line, found.candidates))) == {
        "addresses", "birth", "names", "services_known", "since", "why",
    }  # fmt: skip


def test_a_line_that_is_about_a_person_is_seen_at_once(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    before = {each.source_reference for each in here.here.seen()}

    here.decide(line_, Choice.THIS_PERSON, leah_known)

    assert {each.source_reference for each in here.here.seen()} - before == {"POL/1"}
    assert here.whose("POL/1") == leah_known
    assert here.here.feed(POLICE)[3] == 0
    assert here.waiting() == []


def test_a_line_that_is_about_a_new_person_begins_one_who_is_found(here: Desk) -> None:
    line_ = waiting(here)

    here.decide(line_, Choice.NEW_PERSON)

    begun = here.whose("POL/1")
    assert begun not in {None, here.whose("TEN/1")}
    here.take(leah(), leah("POL/2"), service=POLICE)
    assert begun in here.candidates(here.waiting()[0])


def test_every_step_is_entered(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")

    here.decide(line_, Choice.THIS_PERSON, leah_known)

    assert here.here.events()[-3:] == [
        (Event.MATCHES_LISTED, Outcome.DONE),
        (Event.MATCH_VIEWED, Outcome.DONE),
        (Event.MATCH_DECIDED, Outcome.DONE),
    ]


def test_a_decision_holds_for_every_later_version_of_the_line(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    here.decide(line_, Choice.THIS_PERSON, leah_known)

    report = here.take(leah(forenames="Lea", last_involved="01/11/2026"), service=POLICE)

    assert (report.changed, report.waiting) == (1, 0)
    assert here.whose("POL/1") == leah_known


def test_a_line_set_apart_waits_however_much_it_says_later(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    here.decide(line_, Choice.NOT_THIS_PERSON, leah_known)

    here.take(line("POL/1"), service=POLICE)

    assert here.whose("POL/1") is None
    assert here.candidates(here.waiting()[0]) == []


def test_a_check_foresees_that_a_line_set_apart_waits(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    assert here.here.check(file_of(line("POL/1")), service=POLICE).waiting == 0
    here.decide(line_, Choice.NOT_THIS_PERSON, leah_known)

    foreseen = here.here.check(file_of(line("POL/1")), service=POLICE)
    report = here.take(line("POL/1"), service=POLICE)

    assert (foreseen.waiting, foreseen.linked) == (report.waiting, report.linked) == (1, 0)


def test_a_line_that_says_the_same_as_one_set_apart_waits_too(here: Desk) -> None:
    here.take(*town())
    elsewhere = {"house": "3", "street": "Quarry Road", "postcode": "NX9 1AA"}
    here.take(line("POL/1", date_of_birth="", **elsewhere), service=POLICE)
    line_, leah_known = here.waiting()[0], here.whose("TEN/1")
    here.decide(line_, Choice.NOT_THIS_PERSON, leah_known)
    here.take(line(**elsewhere), *town()[1:])

    sent = (
        line("ADU/1", date_of_birth="", **elsewhere),
        line("ADU/2", date_of_birth="", known_as="Lee", **elsewhere),
    )
    here.take(*sent, service=Service.ADULT_SOCIAL_CARE)

    assert (here.whose("ADU/1"), here.whose("ADU/2")) == (None, leah_known)


def test_a_marker_that_is_taken_back_holds_no_longer(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    here.decide(line_, Choice.NOT_THIS_PERSON, leah_known)
    marker = matching.compare(here.ledger, here.steward(), waiting=line_).apart[0][0]

    matching_acts.take_back(here.ledger, here.steward("jonah"), act=marker)
    here.take(line("POL/1"), service=POLICE)

    assert here.whose("POL/1") == leah_known


def test_a_decision_that_is_taken_back_lets_the_line_wait_again(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    before = here.rows("line", "line_name", "line_identifier", "involvement", "feed")
    here.decide(line_, Choice.THIS_PERSON, leah_known)
    done = matching_acts.list_acts(here.ledger, here.steward(), state=ActState.DONE, page=1).acts[0]

    matching_acts.take_back(here.ledger, here.steward(), act=done.act)

    assert here.rows("line", "line_name", "line_identifier", "involvement", "feed") == before
    assert here.waiting() == [line_]


def test_a_new_person_of_whom_no_line_speaks_any_more_is_not_found(here: Desk) -> None:
    line_ = waiting(here)
    here.decide(line_, Choice.NEW_PERSON)
    begun = here.whose("POL/1")
    done = matching_acts.list_acts(here.ledger, here.steward(), state=ActState.DONE, page=1).acts[0]

    matching_acts.take_back(here.ledger, here.steward(), act=done.act)

    assert begun not in here.candidates(line_)
    assert "Leah Blake" in here.here.names()


def test_a_decision_is_taken_back_once(here: Desk) -> None:
    here.decide(waiting(here), Choice.THIS_PERSON, here.whose("TEN/1"))
    acts = matching_acts.list_acts(here.ledger, here.steward(), state=ActState.DONE, page=1).acts
    matching_acts.take_back(here.ledger, here.steward(), act=acts[0].act)

    with pytest.raises(NotFound):
        matching_acts.take_back(here.ledger, here.steward(), act=acts[0].act)


def test_what_is_left_for_later_comes_last(here: Desk) -> None:
    here.take(*town())
    here.take(leah("POL/1"), leah("POL/2", forenames="Lea"), service=POLICE)
    first, second = here.waiting()

    matching_decisions.leave_for_later(here.ledger, here.steward(minutes=5), waiting=first)

    assert here.waiting() == [second, first]


def test_nothing_is_done_where_the_person_changed_meanwhile(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    seen = matching.check(
        here.ledger, here.steward(), waiting=line_, choice=Choice.THIS_PERSON, person=leah_known
    ).seen
    moved = [line(house="2", street="Station Road", postcode="NX7 1AA"), *town()[1:]]
    here.take(*moved)

    with pytest.raises(Changed) as changed:
        matching_decisions.decide(
            here.ledger,
            here.steward(),
            decision=Decision(
                waiting=line_, choice=Choice.THIS_PERSON, person=leah_known, seen=seen
            ),
        )

    assert changed.value.parts == (Part.ADDRESSES,)
    assert here.whose("POL/1") is None


def test_nothing_is_done_where_the_line_says_something_else_meanwhile(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    seen = matching.check(
        here.ledger, here.steward(), waiting=line_, choice=Choice.THIS_PERSON, person=leah_known
    ).seen
    here.take(leah(known_as="Lee"), service=POLICE)

    with pytest.raises(Changed) as changed:
        matching_decisions.decide(
            here.ledger,
            here.steward(),
            decision=Decision(
                waiting=line_, choice=Choice.THIS_PERSON, person=leah_known, seen=seen
            ),
        )

    assert Part.LINE in changed.value.parts


def test_what_one_steward_decided_another_cannot_decide_again(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    here.decide(line_, Choice.THIS_PERSON, leah_known)

    with pytest.raises(NotFound):
        here.decide(line_, Choice.NEW_PERSON, access=here.steward("jonah"))


def test_nobody_who_is_not_offered_can_be_chosen(here: Desk) -> None:
    line_ = waiting(here)
    stranger = here.whose("TEN/1000")

    with pytest.raises(NotFound):
        here.decide(line_, Choice.THIS_PERSON, stranger)


def test_an_allocation_and_a_tie_follow_their_person_at_once(here: Desk) -> None:
    here.take(*town())
    sent = (
        person("CH/1", forenames="Ewan", date_of_birth="14/02/2017", family_role="anchor_child"),
        person("LEAH", date_of_birth="", house="", street="", postcode=""),
        allocation("AL/1", "LEAH"),
        tie("LEAH", "parent_of", "CH/1"),
    )
    here.take(*sent, service=CSC)
    before = here.rows("line", "tie")
    line_, leah_known = here.waiting()[0], here.whose("TEN/1")

    here.decide(line_, Choice.THIS_PERSON, leah_known)

    assert {here.whose("AL/1"), here.whose("LEAH|parent_of|CH/1")} == {leah_known}
    assert len(here.rows("tie")["tie"]) == 1
    assert here.here.feed(CSC)[3] == 0
    done = matching_acts.list_acts(here.ledger, here.steward(), state=ActState.DONE, page=1).acts[0]
    matching_acts.take_back(here.ledger, here.steward(), act=done.act)
    assert here.rows("line", "tie") == before


def test_a_decision_stands_though_a_file_was_being_taken(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    decided: list[ActState] = []

    def decide_meanwhile(_done: int, _whole: int) -> None:
        if not decided:
            decided.append(ActState.ASKED)
            decided[0] = here.decide(line_, Choice.THIS_PERSON, leah_known)

    report = extracts.take(
        here.ledger,
        OPERATOR,
        file=file_of(leah(last_involved="01/11/2026"), leah("POL/2", forenames="Lea")),
        service=POLICE,
        as_of=YESTERDAY,
        progress=decide_meanwhile,
    )

    assert report.outcome is ExtractOutcome.TAKEN
    assert (decided, here.whose("POL/1")) == ([ActState.DONE], leah_known)


def test_lines_wait_in_lists_that_name_no_service(here: Desk) -> None:
    here.take(*town())
    here.take(leah(), service=POLICE)
    here.take(leah("ADU/1"), leah("ADU/2"), service=Service.ADULT_SOCIAL_CARE)
    found = matching.list_waiting(here.ledger, here.steward(), chosen=None, page=1)

    numbers = {lines: number for number, lines in found.counts}

    assert sorted(numbers) == [1, 2]
    alone = matching.list_waiting(here.ledger, here.steward(), chosen=numbers[2], page=1)
    assert len(alone.lines) == 2
    with pytest.raises(NotFound):
        matching.list_waiting(here.ledger, here.steward(), chosen=10, page=1)


def test_the_queue_is_read_a_page_at_a_time_the_oldest_first(here: Desk) -> None:
    here.take(*town())
    here.take(*(leah(f"POL/{each}") for each in range(25)), service=POLICE)

    pages = [
        matching.list_waiting(here.ledger, here.steward(), chosen=None, page=each)
        for each in (1, 2, 3)
    ]

    assert [(len(each.lines), each.has_more) for each in pages] == [
        (20, True), (5, False), (0, False),
    ]  # fmt: skip


def test_the_same_file_again_keeps_what_was_decided(here: Desk) -> None:
    line_, leah_known = waiting(here), here.whose("TEN/1")
    here.decide(line_, Choice.THIS_PERSON, leah_known)

    report = here.take(leah(), service=POLICE)

    assert (report.waiting, report.known, here.whose("POL/1")) == (0, 1, leah_known)


def test_a_role_without_a_desk_is_refused(here: Desk) -> None:
    with pytest.raises(Refused):
        matching.list_waiting(here.ledger, OPERATOR, chosen=None, page=1)


def test_stewards_decide_on_pairs_of_spellings_and_officers_do_not(here: Desk) -> None:
    queues = [
        matching.list_waiting(here.ledger, who, chosen=None, page=1)
        for who in (here.steward(), here.officer())
    ]

    assert [each.decides_pairs for each in queues] == [True, False]


def test_two_namesakes_both_stand_beside_the_line(here: Desk) -> None:
    here.take(*town(), line("TEN/2", **NAMESAKE))
    here.take(leah(), service=POLICE)

    candidates = here.candidates(here.waiting()[0])

    assert set(candidates) == {here.whose("TEN/1"), here.whose("TEN/2")}


def test_a_line_waits_since_it_first_did(here: Desk) -> None:
    here.take(*town())
    extracts.take(
        here.ledger, OPERATOR, file=file_of(leah()), service=POLICE, as_of=LAST_WEEK,
        progress=unheard,
    )  # fmt: skip
    here.take(leah(known_as="Lee"), service=POLICE)

    found = matching.list_waiting(here.ledger, here.steward(), chosen=None, page=1).lines

    assert [each.since for each in found] == [NOON + timedelta(0)]
