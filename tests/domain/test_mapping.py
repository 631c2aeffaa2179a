"""What a service's own headings may stand for."""

import pytest

from directory.domain.mapping import MOST_HEADING, HeadingRefused, check_heading, heading_of


@pytest.mark.parametrize("cell", ["Tenancy no", " tenancy-NO ", "TENANCY  no", "tenancy_no"])
def test_headings_are_the_same_whatever_stands_between_their_words(cell: str) -> None:
    assert heading_of(cell) == "tenancy_no"


@pytest.mark.parametrize("heading", ["tenancy_no.", "prénom", "ref#", "a" * MOST_HEADING])
def test_a_plain_heading_may_stand_for_a_column(heading: str) -> None:
    check_heading(heading)


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("", "must be 1 to 60"),
        ("a" * (MOST_HEADING + 1), "must be 1 to 60"),
        ("<b>", "must be 1 to 60"),
        ("risk_level", "would hold what is never held here"),
        ("case_notes", "would hold what is never held here"),
    ],
)
def test_a_heading_that_is_never_held_or_is_not_plain_stands_for_nothing(
    heading: str, why: str
) -> None:
    with pytest.raises(HeadingRefused, match=why):
        check_heading(heading)
