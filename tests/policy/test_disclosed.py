from dataclasses import dataclass, fields, replace
from datetime import date

import pytest

from directory.domain.vocabulary import DatePrecision, FamilyRole, NameKind, Service, State
from directory.policy import disclosed
from directory.policy.disclosed import (
    SEAL,
    Disclosed,
    DisclosedContact,
    DisclosedLine,
    DisclosedPerson,
    NotDisclosed,
    fields_shown,
    walk,
)
from directory.policy.disclosure import (
    disclose_board,
    disclose_card,
    disclose_family,
    disclose_hit,
    disclose_line,
    disclose_member,
    disclose_person,
)
from tests.factories import access, days_ago, involvement, name, person, practitioner, question

ACCESS = access()
EWAN = disclose_person(ACCESS, person())
KINDS = sorted(
    (each for each in vars(disclosed).values() if isinstance(each, type)
     and issubclass(each, Disclosed)),
    key=lambda each: each.__name__,
)  # fmt: skip


def values_for(kind: type[Disclosed]) -> dict[str, object]:
    """Return something for every field of a kind."""
    return {each.name: "" for each in fields(kind)}


@dataclass(frozen=True)
class Page:
    """What a page might hold: a value, values in a tuple, and words."""

    title: str
    first: DisclosedPerson
    others: tuple[DisclosedPerson, ...]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seal", [None, object(), "", True])
def test_no_value_is_made_without_the_seal(kind: type[Disclosed], seal: object) -> None:
    with pytest.raises(NotDisclosed, match=kind.__name__):
        kind(**values_for(kind), seal=seal)  # type: ignore[arg-type]  # any value will do


@pytest.mark.parametrize("kind", KINDS)
def test_the_seal_must_be_given(kind: type[Disclosed]) -> None:
    with pytest.raises(TypeError, match="seal"):
        kind(**values_for(kind))  # type: ignore[arg-type]  # the seal is left out


@pytest.mark.parametrize(
    "forged", [{"name": "Somebody Else"}, {"viewer": "somebody:else"}, {"age": 3}]
)
def test_a_disclosed_value_is_not_altered_by_copying_it(forged: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="seal"):
        replace(EWAN, **forged)  # type: ignore[arg-type]  # a forgery of any field


def test_the_seal_does_not_travel_with_the_value() -> None:
    assert not hasattr(EWAN, "seal")
    assert "seal" not in {each.name for each in fields(EWAN)}


def test_a_walk_finds_every_value_however_deep() -> None:
    line = disclose_line(ACCESS, EWAN, question())
    assert line is not None
    member = disclose_member(
        ACCESS, EWAN, role=FamilyRole.CHILD, ties=(), added_by_viewer=False, lines=(line,)
    )
    page = Page(title="Family", first=EWAN, others=())

    board = disclose_board(ACCESS, EWAN, (member,), ())

    assert [type(each).__name__ for each in walk(board)] == [
        "DisclosedBoard",
        "DisclosedPerson",
        "DisclosedLine",
        "DisclosedPerson",
        "DisclosedMember",
        "DisclosedPerson",
        "DisclosedLine",
        "DisclosedPerson",
    ]
    assert list(walk(page)) == [EWAN]
    assert list(walk([EWAN, frozenset({EWAN})])) == [EWAN, EWAN]
    assert list(walk("Ewan Blake")) == []


def test_the_fields_of_a_hit_are_named_with_why_it_matched() -> None:
    hit = disclose_hit(ACCESS, person(), strong=True, why=("same surname",), differs=())

    assert fields_shown(hit) == ("age", "name", "part_postcode", "strong", "why")


def test_the_age_of_a_newborn_is_a_fact() -> None:
    baby = disclose_hit(
        ACCESS,
        person(birth=replace(person().birth, day=days_ago(9)), addresses=()),  # type: ignore[type-var]  # has a birth
        strong=False,
        why=(),
        differs=("",),
    )

    assert baby.age == 0
    assert fields_shown(baby) == ("age", "name")


def test_other_names_are_facts() -> None:
    named = person(names=(name(), name("Ewan", "Carr", kind=NameKind.FORMER)), birth=None)

    assert fields_shown(disclose_person(ACCESS, named)) == ("also_known_as", "name")


def test_the_fields_of_a_list_are_named_once_each() -> None:
    families = tuple(disclose_family(ACCESS, person(), since=days_ago(9)) for _ in range(2))

    assert fields_shown(families) == ("age", "name", "since")


def test_nothing_shown_names_nothing() -> None:
    assert fields_shown(()) == ()


def test_the_fields_of_a_line_that_found_nobody_say_where_it_looked() -> None:
    line = disclose_line(ACCESS, EWAN, question())

    assert fields_shown(line) == (
        "age",
        "area",
        "as_of",
        "common_line",
        "covered_since",
        "name",
        "out_of_hours_line",
        "state",
        "title",
    )


def test_the_fields_of_a_card_name_the_contact_that_was_shown() -> None:
    card = disclose_card(ACCESS, EWAN, question(involvements=(involvement(),)))

    assert set(fields_shown(card)) - set(fields_shown(card.line if card else ())) == {
        "date_meaning",
        "duty_line",
        "email",
        "last_involved",
        "organisation",
        "phone",
        "practitioner",
        "role",
        "team",
    }


def test_the_fields_of_a_card_do_not_name_a_contact_that_was_withheld() -> None:
    gone = practitioner(left_on=days_ago(0))
    card = disclose_card(ACCESS, EWAN, question(involvements=(involvement(lead=gone),)))

    assert {"practitioner", "phone", "email", "role"} & set(fields_shown(card)) == set()
    assert "left" in fields_shown(card)


def test_a_contact_says_nothing_of_itself() -> None:
    bare = DisclosedContact(viewer="v", seal=SEAL)

    assert fields_shown(bare) == ()


def test_a_line_says_nothing_but_what_it_must() -> None:
    bare = DisclosedLine(
        viewer="v",
        seal=SEAL,
        service=Service.POLICE,
        title="",
        member=EWAN,
        state=State.NOT_COVERED,
        common_line="",
        out_of_hours_line="",
    )

    assert fields_shown(bare) == ("age", "name", "state")


def test_a_day_is_a_fact_and_its_precision_is_none() -> None:
    dated = DisclosedContact(
        viewer="v", seal=SEAL, started=date(2025, 1, 1), precision=DatePrecision.DAY
    )

    assert fields_shown(dated) == ("started",)
