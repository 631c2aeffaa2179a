"""What counts as one slip in a date is the same wherever it is looked for."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.compare_births import one_slip_apart
from directory.search.identifiers import IdentifierHash, one_slip_away
from directory.search.people import Query
from directory.search.question import asked

AS_OF = date(2026, 3, 1)
HASHES = IdentifierHash(b"a secret of the tests")
dates = st.dates(date(1900, 1, 1), AS_OF)


def near(year: int | None, month: int | None, day: int | None) -> tuple[int, ...]:
    typed = Query(as_of=AS_OF, birth_year=year, birth_month=month, birth_day=day)
    return asked(typed, HASHES).births_near


@given(born=dates, other=dates)
def test_two_dates_are_compared_as_slips_are_made(born: date, other: date) -> None:
    one, two = (np.array([int(f"{each:%Y%m%d}")]) for each in (born, other))

    assert one_slip_apart(one, two)[0] == (f"{other:%Y%m%d}" in one_slip_away(f"{born:%Y%m%d}"))


@given(born=dates, data=st.data())
def test_a_slip_that_leads_out_of_the_calendar_leads_back(born: date, data: st.DataObject) -> None:
    slipped = data.draw(st.sampled_from(sorted(one_slip_away(f"{born:%Y%m%d}"))))

    found = near(int(slipped[:4]), int(slipped[4:6]), int(slipped[6:]))

    assert not found or int(f"{born:%Y%m%d}") in found


def test_a_date_in_no_calendar_is_put_right_in_a_few_ways() -> None:
    near_it = (19740104, 19740114, 19740124, 19740614)

    assert near(1974, 1, 64) == near_it


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (2015, 2, 8),
        (2015, 21, None),
        (None, 21, 8),
        (2015, 121, 8),
        (3015, 21, 8),
        (2015, -1, 8),
    ],
)
def test_what_is_no_slip_of_a_date_is_not_put_right(
    year: int | None, month: int | None, day: int | None
) -> None:
    assert near(year, month, day) == ()
