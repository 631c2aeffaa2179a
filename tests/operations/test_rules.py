"""Local rules are proposed by one, agreed to by another, and hold from their day on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import SecondFactor
from directory.domain.audit import Outcome
from directory.domain.consent import WORDING
from directory.domain.dates import months_before
from directory.domain.events import Event
from directory.domain.rules import (
    NotOpenToDecide,
    OwnProposal,
    Rule,
    RuleFault,
    Slot,
    Standing,
)
from directory.domain.vocabulary import Role, Service, State
from directory.operations import consent, people, retention, rules
from directory.operations.sessions import FactorStale
from directory.operations.sight import questions_about, see
from directory.policy.modifiers import decide
from directory.policy.permissions import Action
from tests.factories import EWAN, LEAH, TODAY, days_ago
from tests.operations.accounts_world import World, operator, settle
from tests.operations.audit_world import asha, entries, ines
from tests.operations.family_world import allocate, search, viewing
from tests.operations.restrictions_world import guard, guarded_council, officer
from tests.operations.sharing_world import DPO_EMAIL, LATER, dele


@contextmanager
def ruled(folder: Path) -> Iterator[World]:
    """Yield the guarded council with its data protection officer."""
    with guarded_council(folder) as here:
        settle(here, email=DPO_EMAIL, display_name="Dele Oyelaran", roles=frozenset({Role.DPO}))
        yield here


BEGINS_WITH = ruled
OLDEST = Slot(rule=Rule.OLDEST, service=Service.HOUSING)
TOMORROW = TODAY + timedelta(days=1)


def proposed(here: World, lead: Access, slot: Slot = OLDEST, value: str = "30") -> UUID:
    return rules.propose(
        here.ledger, lead, slot=slot, value=value, effective=TOMORROW, why="as the board decided"
    )


def agreed(
    here: World, slot: Slot = OLDEST, value: str = "30", *, second: Access | None = None
) -> UUID:
    change = proposed(here, ines(here), slot, value)
    decided(here, second or dele(here), change)
    return change


def decided(
    here: World, access: Access, change: UUID, standing: Standing = Standing.AGREED
) -> None:
    rules.decide(here.ledger, access, change=change, standing=standing, rule=SecondFactor.OPTIONAL)


def value(here: World, access: Access, slot: Slot = OLDEST) -> str:
    found = rules.list_rules(here.ledger, access)
    return next(each.value for each in found.held if each.slot == slot)


def test_an_agreed_change_holds_from_its_day_on(here: World) -> None:
    officer_ = dele(here)
    agreed(here, second=officer_)

    assert value(here, officer_) == "200"
    assert value(here, replace(officer_, at=LATER + timedelta(days=1), session=None)) == "30"
    found = rules.list_rules(here.ledger, officer_)
    [following] = [each.following for each in found.held if each.slot == OLDEST]
    assert [each.value for each in following] == ["30"]
    assert set(found.names.values()) == {"Ines Grant", "Dele Oyelaran"}


def test_a_board_follows_an_agreed_rule_from_its_day_on(here: World) -> None:
    agreed(here, Slot(rule=Rule.YOUNGEST, service=Service.HOUSING), "0")
    access = asha(here)
    tomorrow = replace(access, at=access.at + timedelta(days=1))
    where = viewing(here, access, person=EWAN, look_up=search(here, access, name="Blake").reference)

    def answer(at: Access) -> State:
        with here.ledger.entry(at, Event.BOARD_VIEWED, action=Action.FAMILY_OPEN) as work:
            sight = see(work, at, where)
            asking = sight.asking(Service.HOUSING)
            [question] = questions_about(work, at, sight.people, asking)[EWAN]
        verdict = decide(replace(question, age=9))
        return verdict.state or State.INVOLVED

    assert [answer(access), answer(tomorrow)] == [State.NOT_SHOWN_BY_RULE, State.NONE_FOUND]


def test_a_change_is_compared_before_it_is_decided_on(here: World) -> None:
    change = proposed(here, ines(here), Slot(rule=Rule.YOUNGEST, service=Service.HOUSING), "0")

    found = rules.compare(here.ledger, dele(here), change=change)

    assert (found.before, found.change.value) == ("16", "0")
    assert found.effects is not None
    assert {role for each in found.effects for role in each.roles} >= {
        Role.CHILDRENS_SOCIAL_WORKER,
        Role.SERVICE_LEAD,
    }


def test_a_count_leaves_out_whoever_is_protected(here: World) -> None:
    allocate(here, 9, LEAH, practitioner=None, since=TODAY)
    reader = dele(here)

    with here.ledger.entry(reader, Event.RULES_LISTED, action=Action.RULES_READ) as work:
        before = sum(each.lines for each in work.rule_tallies(Service.CHILDRENS_SOCIAL_CARE))
    guard(here, officer(here), LEAH)
    with here.ledger.entry(reader, Event.RULES_LISTED, action=Action.RULES_READ) as work:
        after = sum(each.lines for each in work.rule_tallies(Service.CHILDRENS_SOCIAL_CARE))

    assert (before, after) == (1, 0)


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        (Slot(rule=Rule.NO_MATCH), "Ring the hub first."),
        (Slot(rule=Rule.CONSENT), "Ring the hub first."),
        (Slot(rule=Rule.MEANING, service=Service.POLICE), "Ring the hub first."),
        (Slot(rule=Rule.ABSENCE, service=Service.POLICE), "end"),
    ],
)
def test_a_change_of_words_or_of_files_to_come_shows_nobody(
    here: World, slot: Slot, value: str
) -> None:
    change = proposed(here, ines(here), slot, value)

    assert rules.compare(here.ledger, dele(here), change=change).effects is None


def test_nobody_agrees_to_their_own_change(here: World) -> None:
    lead = ines(here)
    change = proposed(here, lead)

    with pytest.raises(OwnProposal):
        decided(here, lead, change)

    assert entries(here)[-1].outcome is Outcome.REFUSED
    assert value(here, replace(lead, at=LATER + timedelta(days=1), session=None)) == "200"


def test_a_declined_change_never_holds(here: World) -> None:
    change = proposed(here, ines(here))
    officer_ = dele(here)

    decided(here, officer_, change, Standing.DECLINED)

    assert value(here, replace(officer_, at=LATER + timedelta(days=1), session=None)) == "200"
    with pytest.raises(NotOpenToDecide):
        decided(here, officer_, change)


def test_a_decision_asks_for_the_second_factor_anew(here: World) -> None:
    change = proposed(here, ines(here))
    stale = dele(here)

    with pytest.raises(FactorStale):
        rules.decide(
            here.ledger,
            stale,
            change=change,
            standing=Standing.AGREED,
            rule=SecondFactor.REQUIRED,
        )


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"effective": TODAY}, "begin after today"),
        ({"value": "200"}, "what holds already"),
        ({"value": "3"}, "no age"),
        ({"value": "many"}, "whole number"),
        ({"why": "  "}, "reason"),
        ({"why": "a" * 501}, "reason"),
        ({"why": "for 943 476 5919"}, "NHS number"),
    ],
)
def test_what_cannot_be_so_is_refused(here: World, typed: dict[str, Any], fault: str) -> None:
    asked: dict[str, Any] = {"slot": OLDEST, "value": "30", "effective": TOMORROW, "why": "w"}

    with pytest.raises(RuleFault, match=fault):
        rules.propose(here.ledger, ines(here), **(asked | typed))


def test_two_changes_that_would_contradict_each_other_are_not_both_agreed(here: World) -> None:
    lead = ines(here)
    oldest = proposed(here, lead, OLDEST, "30")
    youngest = proposed(here, lead, Slot(rule=Rule.YOUNGEST, service=Service.HOUSING), "31")
    officer_ = dele(here)
    decided(here, officer_, oldest)

    with pytest.raises(RuleFault, match="no age"):
        decided(here, officer_, youngest)


def test_what_is_no_rule_and_what_is_no_change_is_not_found(here: World) -> None:
    with pytest.raises(NotFound):
        proposed(here, ines(here), Slot(rule=Rule.OLDEST), "30")
    with pytest.raises(NotFound):
        rules.compare(here.ledger, dele(here), change=EWAN)


def test_somebody_without_an_account_proposes_nothing(here: World) -> None:
    nobody = replace(ines(here), account=None, session=None)

    with pytest.raises(Refused):
        proposed(here, nobody)


def test_the_audit_says_what_was_proposed_and_what_became_of_it(here: World) -> None:
    change = agreed(here)

    about = {Event.RULE_PROPOSED, Event.RULE_DECIDED}
    told = [each for each in here.told() if each.event in about]
    assert {each.occasion for each in entries(here) if each.event in about} == {change}
    assert [each.event for each in told] == [Event.RULE_PROPOSED, Event.RULE_DECIDED]
    assert [each.words for each in told] == [
        f"housing oldest from {TOMORROW.isoformat()}: 30",
        f"agreed: housing oldest from {TOMORROW.isoformat()}: 30",
    ]


def test_a_local_text_stands_on_every_page_without_a_match(here: World) -> None:
    agreed(here, Slot(rule=Rule.NO_MATCH), "Ring the hub first.")
    access = asha(here)
    tomorrow = replace(access, at=access.at + timedelta(days=1), session=access.session)

    today = search(here, access, name="Nobody, Known")
    with here.ledger.entry(tomorrow, Event.RULES_LISTED, action=Action.PEOPLE_FIND) as work:
        text = work.rules.in_force(tomorrow.today).no_match

    assert (today.advice, text) == ("", "Ring the hub first.")


def test_the_council_s_text_for_consent_is_read_out_from_its_day_on(here: World) -> None:
    agreed(here, Slot(rule=Rule.CONSENT), "We ask first.\nYou may say no.")
    access = asha(here)
    look_up = search(here, access, name="Blake, Ewan").reference
    where = viewing(here, access, person=EWAN, look_up=look_up)
    tomorrow = replace(access, at=access.at + timedelta(days=1))

    today = consent.list_consents(here.ledger, access, viewing=where)
    later = consent.list_consents(here.ledger, tomorrow, viewing=where)

    assert (today.wording, today.text) == (WORDING, "")
    assert (later.wording, later.text) == (TOMORROW.isoformat(), "We ask first.\nYou may say no.")


def test_searches_go_when_the_council_s_term_is_over(here: World) -> None:
    access = asha(here)
    kept = search(here, access, name="Blake").reference
    a_year_on = replace(operator(), at=access.at + timedelta(days=370))

    foreseen = retention.foresee(here.ledger, a_year_on)
    gone = retention.let_go(here.ledger, a_year_on)

    assert foreseen == gone
    assert gone.searches == 1
    assert gone.before == months_before(a_year_on.today, 12)
    assert retention.foresee(here.ledger, a_year_on).searches == 0
    with pytest.raises(NotFound):
        people.look_up(here.ledger, access, reference=kept)


def test_a_search_of_yesterday_stays(here: World) -> None:
    access = asha(here)
    kept = search(here, access, name="Blake").reference

    gone = retention.let_go(here.ledger, replace(operator(), at=access.at + timedelta(days=1)))

    assert gone.searches == 0
    assert gone.before < days_ago(300)
    assert people.look_up(here.ledger, access, reference=kept).hits
