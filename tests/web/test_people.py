"""The search form: every fault at its field, and nothing typed is lost."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from directory.domain.looking import Sought
from directory.web.people import PurposeForm
from directory.web.search_forms import (
    SearchForm,
    UnreferencedSearchForm,
    asked_terms,
    filled_form,
)


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
    assert filled.name.errors == ["Enter a name, an NHS number, a UPN or a reference"]


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


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        (
            {"box": "blake ewan 12/3/2015 BD3"},
            Sought(name="blake ewan", birth=date(2015, 3, 12), postcode="BD3"),
        ),
        ({"box": "Blake, Ewan"}, Sought(name="Blake, Ewan")),
        ({"box": "ewan", "postcode": "NX4"}, Sought(name="ewan", postcode="NX4")),
        (
            {"name": "ewan", "address": "Flat 3, 12a High St"},
            Sought(name="ewan", house="Flat 3 12a", street="High St"),
        ),
        ({"reference": "P999200020005"}, Sought(upn="P999200020005")),
        ({"reference": "CSC-0000001"}, Sought(references=("CSC-0000001",))),
        ({"box": "CSC-0000001"}, Sought(references=("CSC-0000001",))),
        (
            {"box": "blake 07700 900123 31/2/2015"},
            Sought(name="blake", unread=("31/2/2015", "07700900123")),
        ),
    ],
)
def test_the_one_box_says_what_the_boxes_say(typed: dict[str, str], sought: Sought) -> None:
    filled = form(**typed)

    assert filled.validate()
    assert filled.sought() == sought


def test_a_box_of_its_own_goes_before_the_one_box_and_the_other_is_said_back() -> None:
    filled = form(box="ewan blake NX4 aged 9", postcode="NX9", born="2/2017")

    sought = filled.sought()

    assert (sought.postcode, sought.unread) == ("NX9", ("postcode NX4",))
    assert (sought.birth_year, sought.birth_month, sought.age) == (2017, 2, 9)


def test_what_gave_way_to_a_box_of_its_own_is_said_in_words() -> None:
    filled = form(
        box="born 12/3/2015 aged about 9 4 High Street NX9 2GG ref CSC-1000 E999200022001",
        born="2/2017",
        age="8",
        address="7 Low Road",
        reference="P999200020005",
    )

    assert filled.sought().unread == (
        "born 12 March 2015",
        "aged about 9",
        "address 4 High Street",
        "postcode NX9 2GG",
        "UPN E999200022001",
    )
    assert filled.sought().references == ("CSC-1000",)


def test_where_no_reference_is_searched_by_a_upn_still_is() -> None:
    filled = UnreferencedSearchForm(MultiDict({"reference": "P999200020005", "box": "CSC-1000"}))

    assert filled.validate()
    assert filled.sought() == Sought(upn="P999200020005", unread=("CSC-1000",))


@pytest.mark.parametrize(
    ("box", "fault"),
    [
        ("*", "Enter a name, an NHS number, a UPN or a reference"),
        ("aged 9", "Enter a name as well"),
        ("943 476 5918", "check each digit"),
        ("x" * 401, "400 characters or fewer"),
        ("12/3/15", "Enter a name as well"),
    ],
)
def test_a_fault_of_the_one_box_is_said(box: str, fault: str) -> None:
    filled = form(box=box)

    assert not filled.validate()
    assert any(fault in str(said) for said in filled.errors.values())
    assert filled.box.data == box


@pytest.mark.parametrize(
    "text",
    [
        "blake ewan 12/3/2015 BD3",
        "Blake, Ewan aged about 9, 4 High Street, NX9 2GG",
        "ewan March 2015 nhs 943 476 5918",
        "P999200020005",
        "ref CSC/2026/00123 khan 2015",
    ],
)
def test_what_was_searched_for_reads_the_same_again(text: str) -> None:
    sought = form(box=text).sought()

    again = form(box=" · ".join(asked_terms(sought))).sought()

    assert again == sought


@pytest.mark.parametrize(
    "text",
    [
        "Blake, Ewan 12/3/2015 4 High Street NX9 2GG CSC-1000",
        "Blake, Ewan P999200020005",
        "CSC-1000 CSC-2000 CSC-3000",
        "Blake, Ewan CSC-1000 P999200020005",
    ],
)
def test_a_search_comes_back_box_by_box_to_be_mended(text: str) -> None:
    sought = form(box=text).sought()

    assert SearchForm(data=filled_form(sought).data).sought() == sought


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
