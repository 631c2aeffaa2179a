"""What is found by words is sealed to who may find it; what may not be found is refused."""

import pytest

from directory.domain.access import Access, Refused
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.texts import Text, TextKind
from directory.domain.vocabulary import Role
from directory.operations.texts import find
from directory.policy.disclosure import viewer_of
from directory.policy.texts import KINDS, disclose_text, findable_kinds
from directory.web.pages import Page, check
from tests.factories import ASHA, NOON
from tests.operations.accounts_world import World, world

BEGINS_WITH = world
ORGANISATIONS = frozenset({TextKind.ORGANISATION})
ADMINISTRATOR = Access(at=NOON, role=Role.ADMINISTRATOR, account=ASHA)


def test_an_administrator_finds_an_organisation_by_a_misspelt_name(here: World) -> None:
    found = find(here.ledger, ADMINISTRATOR, words="northshrie", kinds=ORGANISATIONS)

    assert [(each.reference, each.name) for each in found] == [("NSC", "Northshire")]
    assert {each.viewer for each in found} == {viewer_of(ADMINISTRATOR)}


def test_a_search_by_words_is_entered_with_its_words(here: World) -> None:
    find(here.ledger, ADMINISTRATOR, words="north", kinds=ORGANISATIONS)

    told = here.told()[-1]
    assert (told.event, told.words) == (Event.ACCOUNTS_LISTED, "organisation: north")


@pytest.mark.parametrize("kind", sorted(set(TextKind) - ORGANISATIONS))
def test_an_administrator_finds_nothing_but_organisations(here: World, kind: TextKind) -> None:
    with pytest.raises(Refused):
        find(here.ledger, ADMINISTRATOR, words="team", kinds=ORGANISATIONS | {kind})

    assert here.events()[-1] == (Event.ACCOUNTS_LISTED, Outcome.REFUSED)


def test_roles_that_are_not_named_find_nothing() -> None:
    assert {role for role in Role if findable_kinds(role)} == set(KINDS) == {Role.ADMINISTRATOR}


def test_what_is_shown_of_a_text_is_not_its_body() -> None:
    text = Text(kind=TextKind.GUIDANCE, reference="/start", name="Start", body="read, not shown")

    assert "read" not in repr(disclose_text(ADMINISTRATOR, text))


def test_a_text_that_was_not_disclosed_is_no_part_of_a_page() -> None:
    class Unsafe(Page):
        text: Text

    with pytest.raises(TypeError):
        check(Unsafe)
