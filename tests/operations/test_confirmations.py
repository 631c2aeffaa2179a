"""A practitioner is asked each month which involvements they still lead."""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.domain.access import Access, Refused
from directory.domain.confirmations import ASKED_AT_ONCE, Word
from directory.domain.extracts import practitioner_id
from directory.domain.involvement import Involvement
from directory.domain.vocabulary import Role, Service
from directory.operations import confirmations, upkeep
from directory.policy.confirmations import DisclosedOwnLead
from tests.factories import NOON, TODAY, days_ago
from tests.operations.extracts_world import line, many, person
from tests.operations.matching_world import Desk, desk
from tests.operations.test_restrictions_intake import hide_leah

BEGINS_WITH = desk
HOUSING, CARE = Service.HOUSING, Service.CHILDRENS_SOCIAL_CARE
KIM = practitioner_id(HOUSING, "P1")
NEW = {"started": "01/11/2026"}
OLD = {"started": "01/02/2020", "last_involved": "01/06/2026"}


def kim(here: Desk) -> Access:
    """Return whom housing's list calls Kim, as the directory lets her in."""
    return replace(here.lead(), role=Role.ADULT_SOCIAL_WORKER, service=None, practitioner=KIM)


def asked(here: Desk, who: Access | None = None) -> tuple[DisclosedOwnLead, ...]:
    return confirmations.list_asked(here.ledger, who or kim(here))


def say(here: Desk, word: Word, who: Access | None = None) -> int:
    """Say the same of everything that is asked about."""
    answers = {each.line: (each.revision, word) for each in asked(here)}
    return confirmations.answer(here.ledger, who or kim(here), answers=answers)


def told(here: Desk) -> Involvement:
    """Return Leah's tenancy as a reader is told of it."""
    [found] = [each for each in here.here.seen() if each.source_reference == "TEN/1"]
    return found


def test_what_is_new_is_asked_about_and_of_the_rest_only_whoever_is_in_a_family(
    here: Desk,
) -> None:
    [other] = many(1)
    here.take(line(**OLD), other | {"started": "01/11/2026"})

    alone = [each.source_reference for each in asked(here)]
    here.take(person("CSC/1"), service=CARE)
    with_family = [each.source_reference for each in asked(here)]

    assert alone == [other["source_reference"]]
    assert sorted(with_family) == sorted([other["source_reference"], "TEN/1"])


def test_what_was_confirmed_is_asked_about_again_after_four_weeks(here: Desk) -> None:
    here.take(line(**NEW))

    assert (say(here, Word.STILL), asked(here)) == (1, ())
    assert told(here).confirmed_on == TODAY
    later = replace(kim(here), at=NOON + timedelta(days=28))
    assert [each.source_reference for each in asked(here, later)] == ["TEN/1"]


def test_whom_somebody_no_longer_leads_for_is_their_team_s(here: Desk) -> None:
    here.take(line(**NEW))

    say(here, Word.NOT_ME)

    found = told(here)
    assert (found.lead, found.team is not None, asked(here)) == (None, True, ())


def test_what_has_ended_ends_with_today(here: Desk) -> None:
    here.take(line(**NEW))

    say(here, Word.ENDED)

    assert (told(here).ended, asked(here)) == (TODAY + timedelta(days=1), ())


def test_what_was_shown_at_another_revision_is_left_as_it_is(here: Desk) -> None:
    here.take(line(**NEW))
    [before] = asked(here)
    upkeep.confirm(here.ledger, here.lead(), seen={before.line: before.revision})

    done = confirmations.answer(
        here.ledger, kim(here), answers={before.line: (before.revision + 1, Word.NOT_ME)}
    )

    assert (done, told(here).lead is None) == (0, False)


def test_nobody_says_anything_of_what_names_somebody_else(here: Desk) -> None:
    here.take(line(**NEW, practitioner_reference="P2", practitioner_name="Kit Marsh"), *many(1))
    owned = upkeep.view_own(
        here.ledger, here.lead(), line=upkeep.find_own(here.ledger, here.lead(), reference="TEN/1")
    ).involvement

    done = confirmations.answer(
        here.ledger, kim(here), answers={owned.line: (owned.revision, Word.ENDED)}
    )

    assert (done, told(here).ended) == (0, None)


def test_somebody_hidden_is_asked_about_as_little_as_somebody_unknown(here: Desk) -> None:
    here.take(line(**NEW))
    [before] = asked(here)
    hide_leah(here)

    done = confirmations.answer(
        here.ledger, kim(here), answers={before.line: (before.revision, Word.ENDED)}
    )

    assert (asked(here), done) == ((), 0)


def test_who_is_no_practitioner_is_asked_about_nothing(here: Desk) -> None:
    here.take(line(**NEW))
    nobody = replace(kim(here), practitioner=None)

    assert asked(here, nobody) == ()
    with pytest.raises(Refused):
        confirmations.answer(here.ledger, nobody, answers={})


def test_a_practitioner_whom_no_list_names_is_asked_about_nothing(here: Desk) -> None:
    stranger = replace(kim(here), practitioner=practitioner_id(HOUSING, "P404"))

    assert asked(here, stranger) == ()


def test_no_more_is_answered_at_once_than_is_asked(here: Desk) -> None:
    here.take(line(**NEW))
    many_answers = dict.fromkeys(range(ASKED_AT_ONCE + 1), (1, Word.STILL))

    with pytest.raises(Refused):
        confirmations.answer(here.ledger, kim(here), answers=many_answers)


def test_what_ended_before_is_not_asked_about(here: Desk) -> None:
    here.take(line(**NEW, ended=f"{days_ago(2):%d/%m/%Y}"))

    assert asked(here) == ()
