"""Spoil lines on purpose, each in one way for which a reader must refuse it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nhs_number import is_valid
from town_columns import Line
from town_habits import Habits

_COLUMNS_LEFT = 6
_FIRST_BAD_NHS_NUMBER = 9990000000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to spoil a line; `column` is empty where the whole line is at fault."""

    name: str
    column: str
    spoil: Callable[[Line, Habits, date], Line]
    record: str = ""  # the only kind of line it applies to, if not all
    columns_left: int | None = None


def _bad_nhs_number(line: Line, _habits: Habits, _as_of: date) -> Line:
    given = line["nhs_number"].replace(" ", "") or str(_FIRST_BAD_NHS_NUMBER)
    worse = (given[:-1] + str(digit) for digit in range(10))
    return line | {"nhs_number": next(each for each in worse if not is_valid(each))}


def _born_tomorrow(line: Line, habits: Habits, as_of: date) -> Line:
    return line | {"date_of_birth": habits.day(as_of + timedelta(days=400))}


def _two_digit_year(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"date_of_birth": "14/03/15"}


def _stand_in_birth(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"date_of_birth": "01/01/1900"}


def _no_such_day(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"date_of_birth": "31/02/2015"}


def _bad_postcode(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"postcode": "NX? UNKNOWN"}


def _no_surname(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"surname": ""}


def _ended_first(line: Line, habits: Habits, as_of: date) -> Line:
    ended = habits.day(as_of - timedelta(days=400))
    started = habits.day(as_of - timedelta(days=100))
    return line | {"started": started, "last_involved": ended, "ended": ended}


def _broken_name(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"surname": line["surname"] + "\n" + line["surname"]}


def _unspoilt(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line


def _bad_upn(line: Line, _habits: Habits, _as_of: date) -> Line:
    upn = line["upn"] or "A999200020001"
    return line | {"upn": ("B" if upn[0] == "A" else "A") + upn[1:]}


def _unknown_person(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"person_reference": "CSC-9999999"}


def _unknown_tie(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"tie": "neighbour_of"}


def _unknown_record(line: Line, _habits: Habits, _as_of: date) -> Line:
    return line | {"record": "household"}


_ABOUT_PEOPLE = (
    Fault(name="nhs number check digit", column="nhs_number", spoil=_bad_nhs_number),
    Fault(name="date of birth in the future", column="date_of_birth", spoil=_born_tomorrow),
    Fault(name="two-digit year", column="date_of_birth", spoil=_two_digit_year),
    Fault(name="stand-in date of birth", column="date_of_birth", spoil=_stand_in_birth),
    Fault(name="malformed postcode", column="postcode", spoil=_bad_postcode),
    Fault(name="surname missing", column="surname", spoil=_no_surname),
    Fault(name="line break in a name", column="surname", spoil=_broken_name),
    Fault(name="no such day", column="date_of_birth", spoil=_no_such_day),
)
_ENDED_FIRST = Fault(name="ended before started", column="ended", spoil=_ended_first)
_SHORT = Fault(name="too few columns", column="", spoil=_unspoilt, columns_left=_COLUMNS_LEFT)
_BAD_UPN = Fault(name="upn check letter", column="upn", spoil=_bad_upn)


_SOCIAL_CARE_FAULTS = (
    replace(_ENDED_FIRST, record="allocation"),
    replace(_SHORT, record="person"),
    Fault(
        name="unknown person", column="person_reference", spoil=_unknown_person, record="allocation"
    ),
    Fault(name="unknown tie", column="tie", spoil=_unknown_tie, record="tie"),
    Fault(name="unknown record", column="record", spoil=_unknown_record, record="person"),
    *(replace(each, record="person") for each in _ABOUT_PEOPLE),
)


def faults_for(habits: Habits) -> tuple[Fault, ...]:
    """Return the ways in which lines of this feed are spoilt, in turn."""
    if habits.service == "childrens_social_care":
        return _SOCIAL_CARE_FAULTS
    by_service = (_BAD_UPN,) if habits.service == "school" else ()
    return (_ENDED_FIRST, _SHORT, *by_service, *_ABOUT_PEOPLE)
