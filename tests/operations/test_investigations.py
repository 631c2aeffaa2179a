"""Logged investigations: opened with a reason, one's own alone, and closed for good."""

from collections.abc import Callable
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.audit import Outcome, Verified
from directory.domain.events import Event, Log
from directory.domain.looking import Answer, Sought
from directory.domain.vocabulary import Role
from directory.operations import people
from directory.operations.audit import keep_verdict, read_day, read_person, read_user
from directory.operations.investigations import (
    ask_for_person,
    ask_for_users,
    close,
    find_person,
    find_users,
    list_open,
    open_investigation,
    show,
)
from tests.factories import ASHA, EWAN, TODAY, reference
from tests.operations.accounts_world import World, at_work, settle
from tests.operations.audit_world import asha, entries, found, ines, investigated

READINGS: list[Callable[[World, Access, UUID], object]] = [
    lambda here, access, investigation: show(here.ledger, access, investigation=investigation),
    lambda here, access, investigation: read_day(
        here.ledger, access, investigation=investigation, day=TODAY
    ),
    lambda here, access, investigation: read_user(
        here.ledger, access, investigation=investigation, account=ASHA, log=Log.AUDIT
    ),
    lambda here, access, investigation: read_person(
        here.ledger, access, investigation=investigation, look_up=reference(9), person=EWAN
    ),
    found,
    lambda here, access, investigation: find_users(
        here.ledger,
        access,
        investigation=investigation,
        asked=ask_for_users(here.ledger, access, words=""),
    ),
    lambda here, access, investigation: close(here.ledger, access, investigation=investigation),
]
OTHER = "odd.lead@council.example"
NAMES = ["its page", "a day", "a user", "a person", "a search", "users", "closing"]


def test_an_opened_investigation_is_listed_with_its_matter_and_reason(here: World) -> None:
    access = ines(here)

    opened = open_investigation(here.ledger, access, matter=" IG-14 ", reason=" A complaint ")

    (listed,) = list_open(here.ledger, access)
    assert (listed.reference, listed.matter, listed.reason) == (opened, "IG-14", "A complaint")


def test_opening_is_entered_with_the_matter_and_the_reason(here: World) -> None:
    investigated(here, ines(here))

    told = here.told()[-1]
    assert (told.event, told.words) == (Event.INVESTIGATION_OPENED, "IG-2026-014: A complaint")


@pytest.mark.parametrize(("matter", "reason"), [("", "A complaint"), ("IG-14", " ")])
def test_no_investigation_opens_without_a_matter_and_a_reason(
    here: World, matter: str, reason: str
) -> None:
    access = ines(here)

    with pytest.raises(Refused):
        open_investigation(here.ledger, access, matter=matter, reason=reason)


def test_a_closed_investigation_is_listed_no_more(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)

    close(here.ledger, access, investigation=investigation)

    assert here.events()[-1] == (Event.INVESTIGATION_CLOSED, Outcome.DONE)
    assert list_open(here.ledger, access) == ()


@pytest.mark.parametrize("reading", READINGS, ids=NAMES)
def test_nothing_is_read_in_an_investigation_nobody_opened(
    here: World, reading: Callable[[World, Access, UUID], object]
) -> None:
    access = ines(here)

    with pytest.raises(NotFound):
        reading(here, access, reference(404))

    assert here.events()[-1][1] is Outcome.REFUSED


@pytest.mark.parametrize("reading", READINGS, ids=NAMES)
def test_nothing_is_read_in_a_closed_investigation(
    here: World, reading: Callable[[World, Access, UUID], object]
) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    close(here.ledger, access, investigation=investigation)

    with pytest.raises(NotFound):
        reading(here, access, investigation)


@pytest.mark.parametrize("reading", READINGS, ids=NAMES)
def test_nothing_is_read_in_another_ig_lead_s_investigation(
    here: World, reading: Callable[[World, Access, UUID], object]
) -> None:
    investigation = investigated(here, ines(here))
    settle(here, email=OTHER, display_name="Odd Lead", roles=frozenset({Role.IG_LEAD}))
    other = at_work(here, role=Role.IG_LEAD, email=OTHER)

    with pytest.raises(NotFound):
        reading(here, other, investigation)


@pytest.mark.parametrize("reading", READINGS, ids=NAMES)
def test_nothing_is_read_by_another_role(
    here: World, reading: Callable[[World, Access, UUID], object]
) -> None:
    investigation = investigated(here, ines(here))

    with pytest.raises(Refused):
        reading(here, asha(here), investigation)


def test_somebody_is_found_inside_an_investigation(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    asked = ask_for_person(here.ledger, access, sought=Sought(name="Blake, Ewan"))

    result = find_person(here.ledger, access, investigation=investigation, look_up=asked)

    assert [each.name for each in result.hits][:1] == ["Ewan Blake"]
    assert here.told()[-1].words == "name Blake, Ewan"


def test_a_search_is_entered_with_its_investigation_and_who_was_shown(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)

    found(here, access, investigation)

    entry = entries(here)[-1]
    assert (entry.event, entry.occasion) == (Event.PEOPLE_SEARCHED, investigation)
    assert (entry.purpose, entry.relationship) == ("investigation", "investigation")
    assert len(entry.subjects) > 0


def test_results_shown_again_are_entered_as_such(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    asked = found(here, access, investigation)

    find_person(here.ledger, access, investigation=investigation, look_up=asked)

    assert here.events()[-1] == (Event.RESULTS_SEEN_AGAIN, Outcome.DONE)


def test_nobody_is_found_by_a_name_nobody_has(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    asked = ask_for_person(here.ledger, access, sought=Sought(name="Quillon Xystus"))

    result = find_person(here.ledger, access, investigation=investigation, look_up=asked)

    assert (result.answer, result.hits) == (Answer.NONE, ())


def test_no_services_reference_is_searched_by_and_it_is_said(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    sought = Sought(name="Blake, Ewan", references=("P1",), unread=("town",))

    asked = ask_for_person(here.ledger, access, sought=sought)
    result = find_person(here.ledger, access, investigation=investigation, look_up=asked)

    assert result.sought == Sought(name="Blake, Ewan", unread=("town", "P1"))


def test_what_is_no_search_finds_nobody(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    kept = keep_verdict(here.ledger, access, Verified(count=1, broken=None))

    with pytest.raises(NotFound):
        find_person(here.ledger, access, investigation=investigation, look_up=kept)


def test_the_ig_lead_finds_nobody_outside_an_investigation(here: World) -> None:
    access = ines(here)
    asked = ask_for_person(here.ledger, access, sought=Sought(name="Blake, Ewan"))

    with pytest.raises(Refused):
        people.ask(here.ledger, access, sought=Sought(name="Blake, Ewan"))

    with pytest.raises(Refused):
        people.look_up(here.ledger, access, reference=asked)


@pytest.mark.parametrize("words", ["asha", "Rahman asha", "RAHMAN@council", ""])
def test_a_user_is_found_by_parts_of_their_name_or_email(here: World, words: str) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    asked = ask_for_users(here.ledger, access, words=words)

    users = find_users(here.ledger, access, investigation=investigation, asked=asked)

    assert "Asha Rahman" in [each.display_name for each in users.found]
    assert not users.cut


@pytest.mark.parametrize("words", ["nobody", "asha grant", "100%", "a_h"])
def test_no_user_is_found_by_what_none_has(here: World, words: str) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    asked = ask_for_users(here.ledger, access, words=words)

    users = find_users(here.ledger, access, investigation=investigation, asked=asked)

    assert users.found == ()


def test_looking_for_users_is_entered_with_what_was_typed(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    asked = ask_for_users(here.ledger, access, words="asha")

    find_users(here.ledger, access, investigation=investigation, asked=asked)

    entry = entries(here)[-1]
    assert (entry.event, entry.occasion) == (Event.ACCOUNTS_LISTED, investigation)
    assert here.told()[-1].words == "asha"


def test_another_session_s_words_find_no_user(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    settle(here, email=OTHER, display_name="Odd Lead", roles=frozenset({Role.IG_LEAD}))
    other = at_work(here, role=Role.IG_LEAD, email=OTHER)
    asked = ask_for_users(here.ledger, other, words="asha")

    with pytest.raises(NotFound):
        find_users(here.ledger, access, investigation=investigation, asked=asked)
