"""What is typed in one box is read into its parts, and nothing typed is an error."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.people import Query
from directory.search.query import reading
from tests.search.invented import TODAY


def read(text: str) -> dict[str, object]:
    """Return the parts that were found in `text`."""
    query = reading(text, as_of=TODAY).query
    empty = Query(as_of=TODAY)
    return {
        name: getattr(query, name)
        for name in Query.__dataclass_fields__
        if getattr(query, name) != getattr(empty, name) and name != "names_in_any_order"
    }


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "blake ewan 12/3/2015 BD3",
            {
                "forenames": "blake",
                "surname": "ewan",
                "birth": date(2015, 3, 12),
                "postcode": "BD3",
            },
        ),
        ("Blake, Ewan James", {"forenames": "Ewan James", "surname": "Blake"}),
        ("ewan about 7", {"surname": "ewan", "age": 7, "age_is_about": True}),
        ("ewan aged 7", {"surname": "ewan", "age": 7}),
        ("ewan 7yo", {"surname": "ewan", "age": 7}),
        ("ewan 7", {"surname": "ewan", "age": 7}),
        ("ewan c. 40", {"surname": "ewan", "age": 40, "age_is_about": True}),
        ("2015-03-12", {"birth": date(2015, 3, 12)}),
        ("12.3.2015", {"birth": date(2015, 3, 12)}),
        ("12 March 2015", {"birth": date(2015, 3, 12)}),
        ("12th mar 2015", {"birth": date(2015, 3, 12)}),
        ("March 2015", {"birth_year": 2015, "birth_month": 3}),
        ("3/2015", {"birth_year": 2015, "birth_month": 3}),
        ("khan 2015", {"surname": "khan", "birth_year": 2015}),
        ("943 476 5919", {"identifiers": (("nhs_number", "9434765919"),)}),
        ("h801200001001", {"identifiers": (("upn", "H801200001001"),)}),
        ("07700 900123", {"phone": "07700900123"}),
        ("khan bd3 1aa", {"surname": "khan", "postcode": "BD3 1AA"}),
        ("blake 4 High Street", {"surname": "blake", "house": "4", "street": "High Street"}),
        ("*", {}),
        ("% ? _", {}),
        ("", {}),
    ],
)
def test_a_text_is_read_into_its_parts(text: str, parts: dict[str, object]) -> None:
    assert read(text) == parts


@pytest.mark.parametrize(
    "text", ["12/3/15", "01/01/1900", "31/2/2015", "13/2015", "A801200001001", "2099", "x1x1x1"]
)
def test_what_is_not_understood_is_said(text: str) -> None:
    found = reading(f"ewan {text}", as_of=TODAY)

    assert (found.query.surname, found.unread) == ("ewan", (text,))


def test_a_second_date_age_or_postcode_is_left_unread() -> None:
    found = reading("12/3/2015 13/3/2015 2014 aged 7 aged 8 BD3 BD4 khan", as_of=TODAY)

    assert {"13/3/2015", "2014", "8", "BD4"} <= set(found.unread)


def test_without_a_comma_the_order_of_names_says_nothing() -> None:
    assert reading("blake ewan", as_of=TODAY).query.names_in_any_order
    assert not reading("blake, ewan", as_of=TODAY).query.names_in_any_order


@given(st.text(max_size=500))
def test_no_text_is_an_error(text: str) -> None:
    reading(text, as_of=TODAY)
