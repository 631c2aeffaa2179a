"""The days somebody works, in words."""

import pytest

from directory.domain.availability import Weekday
from directory.web.weekdays import works_words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        ((4,), "Friday"),
        ((0, 1), "Monday and Tuesday"),
        ((0, 1, 2), "Monday to Wednesday"),
        ((0, 1, 2, 4), "Monday to Wednesday and Friday"),
        ((0, 2, 4), "Monday, Wednesday and Friday"),
        ((0, 1, 2, 3, 4), "Monday to Friday"),
        ((6, 0), "Monday and Sunday"),
    ],
)
def test_days_in_a_row_are_told_as_from_the_first_to_the_last(
    days: tuple[int, ...], words: str
) -> None:
    assert works_words([Weekday(each) for each in days]) == words
