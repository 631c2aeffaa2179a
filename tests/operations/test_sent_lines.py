"""A programme sends involvements, and is told of each no more than that it was taken."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, Refused
from directory.domain.sent_lines import (
    ANSWERS_KEPT,
    Became,
    NotSentSo,
    Once,
    SentAnswer,
    SentOtherwise,
)
from directory.domain.vocabulary import Scope, Service
from directory.ledger.door import NotForThisRole
from directory.operations import agencies, programmes, sent_lines
from directory.policy.gates import OrganisationSuspended
from directory.store.agencies import AgencyStore
from tests.factories import COUNCIL
from tests.operations.accounts_world import operator
from tests.operations.extracts_world import line, many
from tests.operations.matching_world import Desk, desk
from tests.operations.sent_lines_world import revision, send, sender, take

BEGINS_WITH = desk
ONCE = Once(key="abcdefgh", body=b"one body")


def only(answers: tuple[SentAnswer, ...]) -> tuple[Became, str, bool]:
    """Return what became of the one line."""
    [told] = answers
    return told.became, told.revision, told.is_new


def faults(here: Desk, **differing: str) -> set[tuple[str, str]]:
    """Return what is wrong with a line."""
    here.take(line(), *many(2))
    [told] = send(here, sender(here), line("TEN/2", **differing))
    assert told.became is Became.REFUSED
    assert take(here) == 0
    return {(each.column, each.reason) for each in told.faults}


def test_a_new_line_is_taken_and_then_known(here: Desk) -> None:
    here.take(line())
    who = sender(here)

    first = only(send(here, who, line("TEN/2")))
    again = only(send(here, who, line("TEN/2")))
    taken = take(here)
    known = only(send(here, who, line("TEN/2")))

    assert first == (Became.TAKEN, "1", True)
    assert again == known == (Became.TAKEN, "1", False)
    assert (taken, take(here), revision(here, "TEN/2")) == (1, 0, 1)
    assert here.whose("TEN/2") == here.whose("TEN/1")


def test_each_change_has_a_revision_that_a_sender_may_ask_for(here: Desk) -> None:
    here.take(line())
    who = sender(here)

    changed = line(last_involved="20/11/2026")
    stale = only(send(here, who, changed, seen="7"))
    taken = only(send(here, who, changed, seen="1"))
    waiting = only(send(here, who, line(ended="20/11/2026"), seen="2"))
    too_late = only(send(here, who, changed, seen="2"))
    there = only(send(here, who, line(), seen="0"))
    not_there = only(send(here, who, line("TEN/9"), seen="1"))

    assert stale == (Became.STALE, "1", False)
    assert taken == (Became.TAKEN, "2", False)
    assert waiting == (Became.TAKEN, "3", False)
    assert too_late == there == (Became.STALE, "3", False)
    assert not_there == (Became.STALE, "", False)
    assert (take(here), revision(here, "TEN/1")) == (1, 2)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("surname", "7", "has no letter in it"),
        ("date_of_birth", "1/1/2030", "is after today"),
        ("last_involved", "1/1/2030", "is after today"),
        ("last_involved", "1/1/2020", "cannot be before the involvement began"),
        ("postcode", "soon", "must be a full postcode such as NX4 2AB"),
        ("upn", "A", "is a school’s to send"),
        ("team_reference", "", "must be given"),
        ("team_reference", "T9", "is no team of your service: send its people first"),
        ("practitioner_reference", "P9", "works in no such team of your service today"),
    ],
)
def test_what_cannot_be_so_is_said_field_by_field(
    here: Desk, column: str, value: str, reason: str
) -> None:
    found = faults(here, **{column: value})

    assert (column, reason) in found


def test_a_reference_that_is_none_or_stands_twice_is_refused(here: Desk) -> None:
    here.take(line())
    who = sender(here)

    answers = send(here, who, line("\0"), line("TEN/2"), line("TEN/2"))

    assert [each.became for each in answers] == [Became.REFUSED, Became.TAKEN, Became.REFUSED]
    assert {fault.column for each in answers for fault in each.faults} == {"source_reference"}


def test_a_practitioner_who_left_leads_nothing_new(here: Desk) -> None:
    here.take(line())
    agencies.deactivate(here.ledger, operator(), service=Service.HOUSING, source_reference="P1")

    [told] = send(here, sender(here), line("TEN/2"))
    [of_the_team] = send(here, sender(here), line("TEN/2", practitioner_reference=""))

    assert [each.column for each in told.faults] == ["practitioner_reference"]
    assert of_the_team.became is Became.TAKEN


def test_the_same_act_again_is_answered_alike_and_done_once(here: Desk) -> None:
    here.take(line())
    who = sender(here)
    lines = (line("TEN/2"), line("TEN/3", surname="7"))

    first = send(here, who, *lines, once=ONCE)
    take(here)
    again = send(here, who, *lines, once=ONCE)

    assert (again, take(here)) == (first, 0)
    with pytest.raises(SentOtherwise):
        send(here, who, line("TEN/4"), once=replace(ONCE, body=b"another"))
    assert send(here, sender(here), line("TEN/4"), once=ONCE)[0].is_new


def test_an_answer_is_kept_for_a_day(here: Desk) -> None:
    here.take(line())
    who = sender(here)
    send(here, who, line("TEN/2"), once=ONCE)
    tomorrow = replace(who, at=who.at + ANSWERS_KEPT + timedelta(seconds=1))

    [told] = send(here, tomorrow, line("TEN/3"), once=replace(ONCE, body=b"another"))

    assert told.is_new


def test_children_s_social_care_sends_by_file_alone(here: Desk) -> None:
    with pytest.raises(NotSentSo):
        send(here, sender(here, Service.CHILDRENS_SOCIAL_CARE), line())


def test_a_key_opens_no_more_than_its_scopes(here: Desk) -> None:
    with pytest.raises(NotForThisRole):
        send(here, sender(here, scopes=frozenset({Scope.PRACTITIONERS_WRITE})), line())


def test_what_was_disabled_or_suspended_meanwhile_sends_nothing(here: Desk) -> None:
    who = sender(here)
    programmes.disable_programme(here.ledger, operator(), programme=_reference(who))

    with pytest.raises(Refused):
        send(here, who, line())

    other = sender(here)
    with here.here.database.writing() as connection:
        AgencyStore(connection).suspend(COUNCIL)
    with pytest.raises(OrganisationSuspended):
        send(here, other, line())
    assert take(here) == 0


def test_only_a_programme_sends_anything(here: Desk) -> None:
    with pytest.raises(Refused):
        sent_lines.send(here.ledger, replace(sender(here), programme=None), lines=(), once=None)


def _reference(who: Access) -> UUID:
    assert who.programme is not None
    return who.programme
