"""Files that cannot be read at all, and the messes that can."""

from collections.abc import Callable

import pytest

from directory.domain.vocabulary import Service
from directory.operations.columns import Columns, columns_of
from directory.operations.opening import opened
from directory.operations.reading import MOST_LINE_BYTES, Row, Unreadable
from tests.operations.extracts_world import file_of, line, person

HEADER = ",".join(line()).encode()
GOOD = file_of(line())


def fault(file: bytes, service: Service = Service.HOUSING) -> tuple[str, str]:
    """Return the column and reason for which a file cannot be read, both empty if it can."""
    try:
        with opened(file) as source:
            columns_of(source.header(), service)
    except Unreadable as unreadable:
        return unreadable.column, unreadable.reason
    return "", ""


def rows(file: bytes) -> list[Row]:
    with opened(file) as source:
        return list(source.rows(lambda _done: None))


def columns(*names: str, service: Service = Service.HOUSING) -> Columns:
    return columns_of((*line(), *names), service)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "is empty"),
        (b"\n \n,,,\n", "is empty"),
        (GOOD.decode().encode("utf-16"), "is in UTF-16"),
        (GOOD.decode().encode("utf-16-be"), "has a NUL byte"),
        (GOOD + b"\0\0\0", "has a NUL byte"),
        (b"PK\x03\x04" + GOOD, "is a workbook that is broken"),
        (b"%PDF-1.7\n" + GOOD, "is a PDF"),
        (b"\x1f\x8b" + GOOD, "is compressed"),
        (GOOD.replace(b"\n", b"\r"), "ends its lines in CR alone"),
        (GOOD.replace(b",", b";"), "has no header with the columns of the contract"),
        (GOOD.replace(b",", b"\t"), "has no header with the columns of the contract"),
        (GOOD.split(b"\n", 1)[1], "has no header with the columns of the contract"),
        (b'"' + GOOD, "has no header: line 1 has a quotation mark"),
        (b"a" * (MOST_LINE_BYTES + 9), "has no header: line 1 is longer than"),
        (b"\x81" + GOOD, "has no header: line 1 has a byte that is neither"),
    ],
)
def test_a_file_that_is_no_extract_is_refused_whole(file: bytes, reason: str) -> None:
    column, said = fault(file)

    assert (column, said[: len(reason)]) == ("", reason)


@pytest.mark.parametrize(
    ("header", "column", "reason"),
    [
        (HEADER.replace(b"surname,", b"", 1), "surname", "is missing from the header"),
        (HEADER.replace(b"team_name", b"team"), "team_name", "is missing from the header"),
        (HEADER + b",surname", "surname", "stands in the header twice"),
        (HEADER + b",Team Name", "team_name", "stands in the header twice"),
    ],
)
def test_a_header_that_breaks_the_contract_refuses_the_file(
    header: bytes, column: str, reason: str
) -> None:
    assert fault(header + b"\n") == (column, reason)


@pytest.mark.parametrize(
    "column",
    ["ethnicity", "Religion", "case_notes", "risk", "RiskLevel", "Diagnosis", "rag", "SEN status"],
)
def test_a_column_that_is_never_held_refuses_the_file_by_name(column: str) -> None:
    named, reason = fault(HEADER + b"," + column.encode() + b"\n")

    assert (named, reason[:11]) == (column, "would hold ")


def test_a_banned_column_is_named_before_anything_else_is_wrong() -> None:
    assert fault(b"offence,nothing\n")[0] == "offence"


def test_a_file_of_involvements_is_no_file_of_social_care() -> None:
    column, _ = fault(GOOD, Service.CHILDRENS_SOCIAL_CARE)

    assert column == "record, family_reference, family_role, person_reference, tie, other_reference"


def test_a_file_of_social_care_is_read_as_such() -> None:
    assert fault(file_of(person("A")), Service.CHILDRENS_SOCIAL_CARE) == ("", "")


def test_columns_are_known_in_any_order_case_and_spacing() -> None:
    found = columns_of(
        [each.upper().replace("_", " ") for each in reversed(line())], Service.POLICE
    )

    assert (found.dropped, set(found.places)) == ((), set(line()))


def test_columns_that_are_not_known_are_named_and_dropped() -> None:
    assert columns("patch_code", "Patch officer").dropped == ("patch_code", "Patch officer")


def test_a_pupil_number_is_known_to_schools_alone() -> None:
    assert (columns("upn").dropped, columns("upn", service=Service.SCHOOL).dropped) == (
        ("upn",),
        (),
    )


@pytest.mark.parametrize("name", ["", "<b>bold</b>", "x" * 61])
def test_a_dropped_column_without_a_plain_name_is_named_by_its_place(name: str) -> None:
    assert columns(name).dropped == (f"column {len(line()) + 1}",)


@pytest.mark.parametrize(
    ("encode", "surname"),
    [
        (lambda text: text.encode(), "Wiśniewska"),
        (lambda text: text.encode("utf-8-sig"), "Wiśniewska"),
        (lambda text: text.encode("cp1252"), "Brontë-O’Hara"),
        (lambda text: text.replace("\n", "\r\n").encode(), "Wiśniewska"),
        (lambda text: text.removesuffix("\n").encode(), "Wiśniewska"),
        (lambda text: text.replace("\n", "\n\n,,,\n").encode(), "Wiśniewska"),
    ],
    ids=["utf-8", "mark", "windows", "crlf", "no last newline", "empty lines"],
)
def test_every_usual_way_of_saving_a_file_is_read(
    encode: Callable[[str], bytes], surname: str
) -> None:
    found = rows(encode(file_of(line(surname=surname)).decode()))

    assert [each.cells for each in found] == [tuple(line(surname=surname).values())]


def test_a_file_may_mix_the_two_encodings_line_by_line() -> None:
    mixed = file_of(line(surname="Ś")) + ",".join(line(surname="Ö").values()).encode("cp1252")

    assert [each.cells[3] for each in rows(mixed)] == ["Ś", "Ö"]


def test_a_line_keeps_its_number_whatever_comes_before_it() -> None:
    file = b"\n" + file_of(line(), line(street="A\nB"), line("TEN/3"))

    assert [(each.number, each.fault) for each in rows(file)] == [(3, ""), (4, ""), (6, "")]


def test_a_quotation_mark_left_open_costs_its_own_line_alone() -> None:
    broken = file_of(line()) + b'"TEN/2,Leah\n' + b"".join(file_of(line("TEN/3")).splitlines()[1:])

    assert [(each.number, bool(each.fault)) for each in rows(broken)] == [
        (2, False),
        (3, True),
        (4, False),
    ]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b'"A"B,1', "has a quotation mark or a line end inside a value"),
        (b'A"B,1', "has a quotation mark that is not closed in its line"),
        (b"A\x81,1", "has a byte that is neither UTF-8 nor Windows-1252"),
        (b"A,1\rB,2", "has a quotation mark or a line end inside a value"),
        (b"A" * 50_000, f"is longer than {MOST_LINE_BYTES:,} bytes"),
    ],
)
def test_a_line_that_cannot_be_cut_says_why(raw: bytes, fault: str) -> None:
    found = rows(GOOD + raw + b"\n" + b"last,line\n")

    assert [each.fault for each in found] == ["", fault, ""]


@pytest.mark.parametrize(
    "following",
    [b'"A\nB"C,1\n', b'"A\nB",1\n', b'"A\n\x81"\n', b'"A\n' + b"B\n" * 9],
    ids=["marks inside", "too few fields", "no text", "no end"],
)
def test_a_line_that_does_not_fit_its_continuation_is_refused_alone(following: bytes) -> None:
    found = rows(GOOD + following + ",".join(line("TEN/9").values()).encode())

    assert (found[1].number, found[1].fault) == (
        3,
        "has a quotation mark that is not closed in its line",
    )
    assert found[-1].cells == tuple(line("TEN/9").values())


def test_a_field_without_end_is_never_held_whole() -> None:
    found = rows(GOOD + b'"' + b"x" * 30_000_000)

    assert [each.fault for each in found[1:]] == [f"is longer than {MOST_LINE_BYTES:,} bytes"]
