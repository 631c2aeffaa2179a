"""What lines say once they are read, and everything that refuses one of them."""

from datetime import date

import pytest

from directory.domain.extracts import Line, Refusal
from directory.domain.people import Identifier, Name
from directory.domain.vocabulary import FamilyRole, IdentifierKind, NameKind, Service, TieKind
from directory.operations.columns import columns_of
from directory.operations.lines import LineReader
from directory.operations.opening import opened
from tests.operations.extracts_world import (
    YESTERDAY,
    Cells,
    allocation,
    file_of,
    line,
    person,
    tie,
)

SOCIAL_CARE = Service.CHILDRENS_SOCIAL_CARE


def read(*lines: Cells, service: Service = Service.HOUSING) -> list[Line | tuple[Refusal, ...]]:
    """Return what each of `lines` says, or what is wrong with it."""
    with opened(file_of(*lines)) as source:
        reader = LineReader(service, columns_of(source.header(), service), YESTERDAY)
        return [reader.read(row) for row in source.rows(lambda _done: None)]


def only(*lines: Cells, service: Service = Service.HOUSING) -> Line:
    """Return the last of `lines`, which must be good."""
    found = read(*lines, service=service)[-1]
    assert isinstance(found, Line), found
    return found


def wrong(*lines: Cells, service: Service = Service.HOUSING) -> dict[str, str]:
    """Return what is wrong with the last of `lines`, by column."""
    found = read(*lines, service=service)[-1]
    return {} if isinstance(found, Line) else {each.column: each.reason for each in found}


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("source_reference", "", "must be given"),
        ("source_reference", "a b", "must be 1 to 40 letters, digits, / _ . or -"),
        ("source_reference", "x" * 41, "must be 1 to 40 letters, digits, / _ . or -"),
        ("forenames", "", "must be given"),
        ("surname", " ", "must be given"),
        ("surname", "0", "has no letter in it"),
        ("surname", "B\N{ZERO WIDTH SPACE}lake", "has a character that cannot be shown"),
        ("surname", "Bla\nke", "has a line break in it"),
        ("surname", "Bl\N{REPLACEMENT CHARACTER}ke", "has a letter that was lost on the way"),
        ("surname", "x" * 121, "is longer than 120 characters"),
        ("house", "x" * 81, "is longer than 80 characters"),
        ("nhs_number", "999 000 0019", "is not a valid NHS number: check each digit"),
        ("nhs_number", "999", "must have 10 digits"),
        ("date_of_birth", "21/08/93", "must be a day such as 27/03/2015"),
        ("date_of_birth", "01/01/1900", "is too long ago to be right"),
        ("date_of_birth", "30/02/1993", "is not a day in the calendar"),
        ("date_of_birth", "24/11/2026", "is after the extract’s as-of date"),
        ("postcode", "NX4", "must be a full postcode such as NX4 2AB"),
        ("last_involved", "24/11/2026", "is after the extract’s as-of date"),
        ("ended", "31/01/2024", "is before the day it started"),
        ("organisation_reference", "", "must be given"),
        ("organisation_name", "", "must be given"),
        ("team_reference", "", "must be given"),
        ("team_name", "", "must be given"),
        ("team_name", "Eating Disorders", "says why people are known to it: send a neutral name"),
        ("team_duty_line", "ask Kim", "must be one telephone number"),
        ("practitioner_reference", "", "must be given beside a practitioner"),
        ("practitioner_name", "", "must be given"),
        ("practitioner_role", "Arrears officer", "says why people are known to it"),
        ("practitioner_phone", "070 1234 5678", "is a personal number: give one at work"),
        ("practitioner_phone", "0909 879 0000", "is a premium-rate number"),
        ("practitioner_phone", "960123", "must be a whole telephone number, with its area code"),
        ("practitioner_phone", "01632 960", "must be a whole telephone number"),
        ("practitioner_email", "kim.doyle", "must be an e-mail address"),
        ("practitioner_email", "drugs@homes.example", "says why people are known to it"),
        ("practitioner_left_on", "soon", "must be a day such as 27/03/2015"),
    ],
)
def test_a_bad_value_is_refused_at_its_column(column: str, text: str, reason: str) -> None:
    found = wrong(line(**{column: text}))

    assert (list(found), found[column][: len(reason)]) == ([column], reason)


@pytest.mark.parametrize("column", ["surname", "nhs_number", "practitioner_phone", "postcode"])
def test_a_reason_never_repeats_the_value(column: str) -> None:
    found = wrong(line(**{column: "7<secret>7\N{ZERO WIDTH SPACE}"}))

    assert column in found
    assert "secret" not in found[column]


def test_everything_wrong_with_a_line_is_said_at_once() -> None:
    found = wrong(line(surname="", date_of_birth="x", postcode="x", team_name="", nhs_number="1"))

    assert set(found) == {"surname", "date_of_birth", "postcode", "team_name", "nhs_number"}


@pytest.mark.parametrize("count", [-1, 1])
def test_a_line_with_too_few_or_too_many_fields_is_refused(count: int) -> None:
    cells = [*line("TEN/2").values(), "more"][: len(line()) + count]
    file = file_of(line()) + ",".join(cells).encode()

    with opened(file) as source:
        reader = LineReader(
            Service.HOUSING, columns_of(source.header(), Service.HOUSING), YESTERDAY
        )
        found = [reader.read(row) for row in source.rows(lambda _done: None)]

    assert found[1] == (
        Refusal(line=3, column="", reason=f"has {len(cells)} fields where the header has 25"),
    )


def test_the_second_line_with_a_reference_is_refused() -> None:
    assert wrong(line(), line()) == {"source_reference": "stands in an earlier line of this file"}


def test_a_refused_line_does_not_take_its_reference_with_it() -> None:
    assert only(line(surname=""), line()).source_reference == "TEN/1"


@pytest.mark.parametrize(
    ("column", "text", "whose"),
    [
        ("organisation_name", "Hilltop Homes", "organisation"),
        ("team_name", "Hilltop team", "team"),
        ("team_duty_line", "", "team"),
        ("practitioner_phone", "01632 960999", "practitioner"),
        ("practitioner_left_on", "01/11/2026", "practitioner"),
    ],
)
def test_lines_that_disagree_on_whom_to_ring_are_refused_after_the_first(
    column: str, text: str, whose: str
) -> None:
    found = wrong(line(), line("TEN/2", **{column: text}))

    assert found == {column: f"does not agree with line 2 on the same {whose}"}


def test_a_refused_line_does_not_decide_whom_to_ring() -> None:
    spoilt = line(surname="", team_name="Hilltop team")

    assert only(spoilt, line("TEN/2")).team == "T1"


def test_what_a_refused_line_says_of_whom_to_ring_does_not_pass_with_the_next_line() -> None:
    other = {"practitioner_name": "Nobody Else"}
    sent = [person("CSC/1"), allocation("CSC/2", "CSC/1"), allocation("CSC/3", "CSC/1", **other)]

    found = wrong(
        *sent,
        person("CSC/4", surname="Marsh"),
        allocation("CSC/5", "CSC/1", **other),
        service=SOCIAL_CARE,
    )

    assert found == {"practitioner_name": "does not agree with line 3 on the same practitioner"}


def test_an_end_is_kept_as_the_first_day_after_it() -> None:
    found = only(line(ended="2026-06-30"))

    assert (found.started, found.last_involved, found.ended) == (
        date(2024, 2, 1),
        date(2026, 6, 12),
        date(2026, 7, 1),
    )


def test_an_involvement_may_end_on_the_day_it_started() -> None:
    assert only(line(started="2026-06-30", ended="2026-06-30")).ended == date(2026, 7, 1)


def test_names_other_than_the_current_one_are_kept_apart() -> None:
    found = only(line(known_as="Lee", former_surname="Marsh"))

    assert found.identity is not None
    assert found.identity.names == (
        Name(kind=NameKind.CURRENT, forenames="Leah", surname="Blake"),
        Name(kind=NameKind.KNOWN_AS, forenames="Lee", surname="Blake"),
        Name(kind=NameKind.FORMER, forenames="Leah", surname="Marsh"),
    )


def test_a_name_that_is_only_said_twice_is_kept_once() -> None:
    found = only(line(known_as="Leah", former_surname="Blake"))

    assert found.identity is not None
    assert len(found.identity.names) == 1


def test_spaces_in_and_around_a_value_mean_nothing() -> None:
    found = only(line(surname="  van\N{NO-BREAK SPACE}den   Berg ", nhs_number="999 000 0018"))

    assert found.identity is not None
    assert found.identity.names[0].surname == "van den Berg"
    assert found.identity.identifiers == (
        Identifier(kind=IdentifierKind.NHS_NUMBER, value="9990000018"),
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01632 960123 ext 214", "01632 960123 ext 214"),
        ("01632960123x214", "01632 960123 ext 214"),
        ("+44 (0)1632 960123", "01632 960123"),
        ("1632960123", "01632 960123"),
        ("03069 990001", "03069 990001"),
        ("+33 1 23 45 67 89", "+33 1 23 45 67 89"),
    ],
)
def test_a_number_is_kept_as_people_dial_it(typed: str, kept: str) -> None:
    with opened(file_of(line(practitioner_phone=typed))) as source:
        reader = LineReader(
            Service.HOUSING, columns_of(source.header(), Service.HOUSING), YESTERDAY
        )
        list(map(reader.read, source.rows(lambda _done: None)))

    assert reader.contacts.practitioners["P1"].practitioner.phone == kept


def test_a_school_names_its_pupils_by_their_own_number() -> None:
    found = only({**line(), "upn": "p 999200020005"}, service=Service.SCHOOL)

    assert found.identity is not None
    assert found.identity.identifiers == (
        Identifier(kind=IdentifierKind.UPN, value="P999200020005"),
    )


def test_a_line_may_know_no_address() -> None:
    found = only(line(house="", street="", postcode=""))

    assert found.identity is not None
    assert found.identity.address is None


def test_a_line_may_name_a_team_alone() -> None:
    nobody = dict.fromkeys(
        ("practitioner_reference", "practitioner_name", "practitioner_role", "practitioner_phone",
         "practitioner_email"), ""
    )  # fmt: skip

    assert only(line(**nobody)).practitioner == ""


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (person("A", record="people"), "record", "must be one of person, allocation, tie"),
        (person("A", family_role="aunt"), "family_role", "must be one of anchor_child, child"),
        (person("A", family_reference=""), "family_role", "must stand beside family_reference"),
        (allocation("B", ""), "person_reference", "must be given"),
        (allocation("B", "A", team_name=""), "team_name", "must be given"),
        (tie("A", "neighbour_of", "C"), "tie", "must be one of parent_of"),
        (tie("A", "parent_of", "A"), "other_reference", "is the same person"),
        (tie("A", "", "C"), "tie", "must be given"),
    ],
)
def test_a_bad_line_of_social_care_is_refused_at_its_column(
    cells: Cells, column: str, reason: str
) -> None:
    found = wrong(cells, service=SOCIAL_CARE)

    assert (list(found), found[column][: len(reason)]) == ([column], reason)


def test_a_family_has_one_anchor_child() -> None:
    first, second = (person(each, family_role="anchor_child") for each in ("A", "B"))

    assert wrong(first, second, service=SOCIAL_CARE) == {
        "family_role": "is a second anchor child: line 2 has one"
    }


def test_a_tie_is_sent_once() -> None:
    twice = tie("A", "parent_of", "B")

    assert wrong(twice, twice, service=SOCIAL_CARE) == {
        "tie": "stands in an earlier line of this file"
    }


def test_a_tie_names_two_people_and_what_they_are() -> None:
    found = only(tie("A", "Parent_Of", "B", started="2014-06-01"), service=SOCIAL_CARE)

    assert (found.source_reference, found.tie, found.started) == (
        "A|parent_of|B",
        TieKind.PARENT_OF,
        date(2014, 6, 1),
    )


def test_a_person_of_social_care_has_a_place_in_a_family() -> None:
    found = only(person("A"), service=SOCIAL_CARE)

    assert (found.family, found.family_role) == ("FAM/1", FamilyRole.PARENT)


def test_what_a_line_of_another_kind_would_say_is_not_read() -> None:
    found = only(tie("A", "parent_of", "B", surname="?", team_name="?"), service=SOCIAL_CARE)

    assert (found.identity, found.team) == (None, "")
