"""The search form: every fault at its field, and nothing typed is lost."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from directory.domain.looking import Sought
from directory.web.people import PurposeForm, SearchForm, filled_form


def form(**typed: str) -> SearchForm:
    return SearchForm(MultiDict(typed))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("born", "31/2/2015"),
        ("born", "12/03/15"),
        ("born", "01/01/1900"),
        ("born", "last spring"),
        ("age", "nine"),
        ("age", "130"),
        ("postcode", "NOWHERE"),
        ("name", "x" * 121),
        ("nhs_number", "9" * 21),
    ],
)
def test_a_fault_stands_at_its_own_field_and_what_was_typed_stays(field: str, typed: str) -> None:
    filled = form(**{"name": "Ewan Blake", field: typed})

    assert not filled.validate()
    assert list(filled.errors) == [field]
    assert filled[field].data == typed


def test_an_nhs_number_alone_must_have_the_right_check_digit() -> None:
    filled = form(nhs_number="943 476 5918")

    assert not filled.validate()
    assert "check each digit" in filled.nhs_number.errors[0]


def test_an_nhs_number_with_a_name_may_be_put_right_by_the_search() -> None:
    assert form(name="Ewan Blake", nhs_number="943 476 5918").validate()


def test_an_empty_form_asks_for_a_name_or_a_number() -> None:
    filled = form()

    assert not filled.validate()
    assert filled.name.errors == ["Enter a name, or an NHS number"]


def test_an_age_alone_asks_for_a_name_as_well() -> None:
    filled = form(age="9")

    assert not filled.validate()
    assert list(filled.errors) == ["name"]


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ({"name": " Blake, Ewan "}, Sought(name="Blake, Ewan")),
        ({"name": "Ewan", "born": "14/2/2017"}, Sought(name="Ewan", birth=date(2017, 2, 14))),
        ({"name": "Ewan", "born": "2/2017"}, Sought(name="Ewan", birth_year=2017, birth_month=2)),
        ({"name": "Ewan", "born": "2017"}, Sought(name="Ewan", birth_year=2017)),
        ({"name": "Ewan", "age": "9"}, Sought(name="Ewan", age=9)),
        ({"name": "Ewan", "age": "about 9"}, Sought(name="Ewan", age=9, age_is_about=True)),
        ({"name": "Ewan", "postcode": "nx9 2gg"}, Sought(name="Ewan", postcode="NX92GG")),
        ({"nhs_number": "943 476 5919"}, Sought(nhs_number="9434765919")),
    ],
)
def test_what_is_typed_is_what_is_sought_and_comes_back_as_typed(
    typed: dict[str, str], sought: Sought
) -> None:
    filled = form(**typed)

    assert filled.validate()
    assert filled.sought() == sought
    assert SearchForm(data=filled_form(sought).data).sought() == sought


def test_a_month_that_is_none_is_refused() -> None:
    filled = form(name="Ewan", born="13/2017")

    assert not filled.validate()
    assert list(filled.errors) == ["born"]


def test_a_reason_that_carries_an_nhs_number_is_refused_at_its_field() -> None:
    filled = PurposeForm(MultiDict({"purpose": "triage", "reason": "see 943 476 5919"}))
    filled.offer(())

    filled.validate()

    assert filled.reason.errors == ["Take the NHS number out of your reason"]


@pytest.mark.parametrize("born", ["24/11/2026", "12/2026", "2027"])
def test_a_birth_that_lies_ahead_is_refused_at_its_field(born: str) -> None:
    filled = form(name="Ewan", born=born)

    assert filled.validate()
    assert filled.lies_ahead(date(2026, 11, 23))
    assert filled.born.errors == ["Date of birth must be in the past"]


@pytest.mark.parametrize("born", ["", "23/11/2026", "11/2026", "2026"])
def test_a_birth_up_to_today_is_taken(born: str) -> None:
    filled = form(name="Ewan", born=born)

    assert filled.validate()
    assert not filled.lies_ahead(date(2026, 11, 23))
