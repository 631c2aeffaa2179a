"""Recognise the parts that a text in the one box may have: dates, ages, places, numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from directory.search.identifiers import is_upn, normalised
from directory.search.people import NHS_NUMBER, UPN, Query
from directory.search.places import Postcode

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<word>january|february|march|april|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
)
POSTCODE_MARK = "\x02"
"""Stands in the rest of a text, on a line of its own, where a postcode was."""

_NEVER_MEANT = date(1900, 1, 1)  # what computers write for an unknown date
_OLDEST = 130
_FIRST_SCHOOL_AGE = 4
_LAST_SCHOOL_YEAR = 13
_MONTHS_OF_A_YEAR = 12
_MOST_REFERENCES = 3
_NATIONAL_DIGITS = (9, 10)

_BORN = r"(?:(?:d\.?o\.?b\.?|date of birth|born(?: on)?)[ :.\-]*)"
_ABOUT = r"(?P<about>about |approx(?:imately)?\.? |around |circa |abt |c\. ?|~ ?)?"
_YEARS = r"(?: ?-? ?(?:years?|yrs?)(?: ?-? ?old)?| ?y ?[/.]? ?o\b\.?|y)"
_KIND = (
    r"(?:road|rd|street|st|avenue|ave|lane|ln|close|drive|court|crescent|cres|grove|place|terrace"
    r"|way|gardens|gdns|mews|square)"
)
_KIND_OR_NAME = r"(?:hill|park|green|rise|view|row|walk|parade|bank|side|end|fold)"
_HOUSE = r"(?P<house>(?:(?:flat|apartment|apt|unit) ?\w{1,4},? )?\d{1,4}[a-z]?)"
# A town stands after a comma, or on a line of its own before the postcode.
_TOWN = (
    r"(?: *(?:, *(?P<town>[a-z][a-z' \-]*?)(?= *(?:[,\n]|$))"
    rf"|,? *\n *(?P<below>[a-z][a-z' \-]*?)(?=[, ]*\n+{POSTCODE_MARK})))?"
)
_LABELLED_REFERENCE = r"(?:case |our |your )?(?:reference|ref|case|no)(?: ?(?:number|no))?[ .:#]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Hold what has been read so far."""

    query: Query
    references: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


Put = Callable[[Known, re.Match[str]], Known | None]


def _with(known: Known, **parts: object) -> Known:
    return replace(known, query=replace(known.query, **parts))  # type: ignore[arg-type]  # as named


def _nhs_number(known: Known, match: re.Match[str]) -> Known | None:
    number = normalised(match["number"])
    identifiers = known.query.identifiers
    if any(kind == NHS_NUMBER for kind, _ in identifiers):
        return None
    return _with(known, identifiers=(*identifiers, (NHS_NUMBER, number)))


def _upn(known: Known, match: re.Match[str]) -> Known | None:
    number = normalised(match["number"])
    identifiers = known.query.identifiers
    if not is_upn(number) or any(kind == UPN for kind, _ in identifiers):
        return None
    return _with(known, identifiers=(*identifiers, (UPN, number)))


def _phone(known: Known, match: re.Match[str]) -> Known | None:
    """Put a phone of the length British phones have, without its extension."""
    national = re.sub(r"\D", "", match["national"])
    if known.query.phone or len(national) not in _NATIONAL_DIGITS:
        return None
    return _with(known, phone=f"0{national}")


def _month_number(match: re.Match[str]) -> int:
    parts = match.groupdict()
    if parts.get("word"):
        return _MONTHS.index(parts["word"][:3].lower()) + 1
    return int(parts["month"])


def _date(known: Known, match: re.Match[str]) -> Known | None:
    """Put a whole date, if there is such a day and it may be meant."""
    try:
        born = date(int(match["year"]), _month_number(match), int(match["day"]))
    except ValueError:
        return None
    late = born.year > known.query.as_of.year + 1 or born <= _NEVER_MEANT
    return None if _is_dated(known) or late else _with(known, birth=born)


def _month(known: Known, match: re.Match[str]) -> Known | None:
    month, year = _month_number(match), int(match["year"])
    late = year > known.query.as_of.year + 1
    if _is_dated(known) or late or not 1 <= month <= len(_MONTHS):
        return None
    return _with(known, birth_year=year, birth_month=month)


def _year(known: Known, match: re.Match[str]) -> Known | None:
    year = int(match["year"])
    unusable = _is_dated(known) or year > known.query.as_of.year + 1
    return None if unusable else _with(known, birth_year=year)


def _is_dated(known: Known) -> bool:
    return known.query.birth is not None or known.query.birth_year is not None


def _age(known: Known, match: re.Match[str]) -> Known | None:
    age = int(match["age"])
    if known.query.age is not None or age > _OLDEST:
        return None
    about = bool(match.groupdict().get("about") or match.groupdict().get("roughly"))
    return _with(known, age=age, age_is_about=about)


def _months_old(known: Known, match: re.Match[str]) -> Known | None:
    if known.query.age is not None:
        return None
    return _with(known, age=int(match["months"]) // _MONTHS_OF_A_YEAR, age_is_about=False)


def _newborn(known: Known, _: re.Match[str]) -> Known | None:
    return None if known.query.age is not None else _with(known, age=0)


def _one_of_two_ages(known: Known, match: re.Match[str]) -> Known | None:
    if known.query.age is not None or int(match["older"]) != int(match["age"]) + 1:
        return None
    return _with(known, age=int(match["age"]), age_is_about=True)


def _school_year(known: Known, match: re.Match[str]) -> Known | None:
    school_year = int(match["school"])
    if known.query.age is not None or school_year > _LAST_SCHOOL_YEAR:
        return None
    return _with(known, age=school_year + _FIRST_SCHOOL_AGE, age_is_about=True)


def _address(known: Known, match: re.Match[str]) -> Known | None:
    """Put house and street; the town after them is not searched by, and said so."""
    if known.query.street:
        return None
    town = tuple((match["town"] or match["below"] or "").split())
    house = " ".join(match["house"].replace(",", " ").split())
    found = _with(known, house=house, street=" ".join(match["street"].split()))
    return replace(found, unread=(*found.unread, *town))


def _postcode(known: Known, match: re.Match[str]) -> Known | None:
    where = Postcode.read(match["postcode"])
    if known.query.postcode or where is None:
        return None
    return _with(known, postcode=f"{where.outward} {where.inward}".strip())


def _reference(known: Known, match: re.Match[str]) -> Known | None:
    if len(known.references) >= _MOST_REFERENCES:
        return None
    return replace(known, references=(*known.references, match["reference"]))


def _pattern(text: str) -> re.Pattern[str]:
    # Spaces of a pattern are spaces alone: a line ends whatever stands on it.
    return re.compile(rf"(?<![\w/.\-+]){text}(?![\w/])", re.ASCII | re.IGNORECASE)


_DAY, _NUMBER_OF_MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
_DAY_SPOKEN = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = (
    rf"{_YEAR}[-/]{_NUMBER_OF_MONTH}[-/]{_DAY}",
    rf"{_DAY} ?[-/.] ?{_NUMBER_OF_MONTH} ?[-/.] ?{_YEAR}",
    rf"{_DAY} {_NUMBER_OF_MONTH} {_YEAR}",
    rf"{_DAY_SPOKEN}[ \-.]?(?:of )?{_MONTH}[ \-.,]{{0,2}}{_YEAR}",
    rf"{_MONTH} {_DAY_SPOKEN},? {_YEAR}",
    r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)",
)
_NHS_LABEL = r"nhs(?: ?(?:number|no\.?|num|#))?[ :#.\-]*"
_NHS = r"(?P<number>[1-9]\d{2}[ -]?\d{3}[ -]?\d{4})"
_PHONE_LABEL = r"(?:tel|telephone|phone|mobile|mob|ph)[ .:]+"
_PREFIX = r"(?:(?:\+|00)44[ .\-]?(?:\(0\) ?)?|\(?0)"
_EXTENSION = r"(?: ?(?:ext|x|extension)\.? ?\d{1,5})?"
_STREET = r"(?P<street>(?:[a-z'.\-]+ ){1,3}"
_ANY_STREET = r"(?P<street>[a-z'.\-]+(?: [a-z'.\-]+){0,3}?)"
_POSTCODE = r"(?:post ?code[ :]+)?"
_REFERENCE = r"(?P<reference>(?=[a-z\-/_.]*\d)[a-z\d][a-z\d/_.\-]{1,38}[a-z\d])"
_AGED = r"(?:aged?[ :]+)?"

PARTS: tuple[tuple[re.Pattern[str], Put], ...] = (
    (_pattern(_NHS_LABEL + _NHS), _nhs_number),
    *((_pattern(_BORN + each), _date) for each in _DATES),
    *((_pattern(each), _date) for each in _DATES),
    (_pattern(rf"{_BORN}?{_MONTH},? {_YEAR}"), _month),
    (_pattern(rf"{_BORN}?(?P<month>\d{{1,2}})/{_YEAR}"), _month),
    (_pattern(rf"{_PHONE_LABEL}(?P<national>7\d{{3}}[ -]?\d{{3}}[ -]?\d{{3}})"), _phone),
    (_pattern(_NHS), _nhs_number),
    (
        _pattern(
            rf"(?:{_PHONE_LABEL})?{_PREFIX}(?P<national>\d(?:[ ().\-]{{0,2}}\d){{8,9}}){_EXTENSION}"
        ),
        _phone,
    ),
    (_pattern(r"(?:upn[ :#.\-]*)?(?P<number>[a-z]\d{11}[0-9a-z])"), _upn),
    (_pattern(_LABELLED_REFERENCE + _REFERENCE), _reference),
    (_pattern(rf"{_POSTCODE}(?P<postcode>[a-z]{{1,2}}\d[a-z\d]? {{0,2}}\d[a-z]{{2}})"), _postcode),
    (_pattern(r"post ?code[ :]+(?P<postcode>[a-z]{1,2}[a-z\d]{1,2} ?[a-z\d]{3})"), _postcode),
    (_pattern(rf"(?:address[ :]+)?{_HOUSE},? {_STREET}{_KIND})\b\.?{_TOWN}"), _address),
    (
        _pattern(rf"(?:address[ :]+)?{_HOUSE},? {_STREET}{_KIND_OR_NAME})(?= ?(?:[,\n]|$)){_TOWN}"),
        _address,
    ),
    (_pattern(rf"address[ :]+{_HOUSE},? {_ANY_STREET}(?= *(?:[,\n]|$)){_TOWN}"), _address),
    (
        _pattern(rf"{_POSTCODE}(?P<postcode>[a-z]{{1,2}}\d[a-z\d]?(?: \d(?= *(?:[,\n]|$)))?)"),
        _postcode,
    ),
    (_pattern(r"(?P<reference>[a-z]{1,6}[-/_](?:[a-z\d]{1,8}[-/_])?\d{3,12}[a-z]?)"), _reference),
    (_pattern(r"(?P<reference>(?:[a-z]{1,4}\d{4,9}|\d{5,9}))"), _reference),
    (_pattern(rf"{_BORN}?(?:c\. ?|circa |about |~ ?)?(?P<year>(?:19|20)\d\d)"), _year),
    (_pattern(r"(?:year|yr) ?(?P<school>\d{1,2})(?! ?(?:years|yrs))"), _school_year),
    (
        _pattern(rf"{_AGED}(?P<age>\d{{1,2}}) ?(?:-|or|to|/) ?(?P<older>\d{{1,2}}){_YEARS}"),
        _one_of_two_ages,
    ),
    (_pattern(rf"{_AGED}(?P<age>\d{{1,2}}) or (?P<older>\d{{1,2}})"), _one_of_two_ages),
    (_pattern(rf"{_AGED}(?P<months>\d{{1,2}}) ?(?:months?|mths?|/12)(?: old)?"), _months_old),
    (_pattern(rf"{_AGED}\d{{1,2}} ?(?:weeks?|wks?|days?|/52)(?: old)?"), _newborn),
    (_pattern(rf"aged?[ :]+{_ABOUT}(?P<age>\d{{1,3}})(?:{_YEARS})?"), _age),
    (_pattern(rf"{_ABOUT}(?:aged? )?(?P<age>\d{{1,3}}){_YEARS}"), _age),
    (_pattern(rf"{_ABOUT}(?P<age>\d{{1,2}})(?P<roughly> ?ish|\+)?"), _age),
)
"""The parts a text may have, those that could be taken for another first."""
