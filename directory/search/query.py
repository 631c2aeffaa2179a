"""Read the one box: a name, a date or age, a postcode, a number, in any order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from directory.search.identifiers import is_upn, normalised
from directory.search.people import NHS_NUMBER, UPN, Query
from directory.search.places import Postcode

LONGEST_TEXT = 400
"""Characters of the box that are read."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<word>{'|'.join(_MONTHS)})[a-z]{{0,6}}"
_NEVER_MEANT = date(1900, 1, 1)  # what computers write for an unknown date
_OLDEST = 130
_YEARS = r"(?:years? old|years?|yrs?|y/?o)"
_STREET = (
    r"(?:road|rd|street|st|avenue|ave|lane|close|drive|court|crescent|grove|place|terrace|way)"
)
_JUNK = re.compile(r"[*?%_\x00-\x1f\x7f\"<>|\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold the query that a text puts, and the words that could not be understood."""

    query: Query
    unread: tuple[str, ...] = ()


def reading(text: str, *, as_of: date) -> Reading:
    """Return what `text` asks; wildcards are left out and nothing typed is ever an error.

    A date is day first, its year in four digits. Without a comma nobody knows which word is the
    surname; "Blake, Ewan" says it.
    """
    rest = _JUNK.sub(" ", text[:LONGEST_TEXT])
    query = Query(as_of=as_of)
    for pattern, put in _PARTS:
        for match in pattern.finditer(rest):
            put_in = put(query, match)
            if put_in is not None:
                query = put_in
                rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    names = re.sub(r"\S*\d\S*", " ", rest)
    unread = tuple(re.findall(r"\S*\d\S*", rest))
    return Reading(query=_named(query, names), unread=unread)


def _named(query: Query, names: str) -> Query:
    """Return `query` with the name that the rest of the text is."""
    before, comma, after = names.partition(",")
    if comma and before.strip() and after.strip():
        return replace(query, surname=before.strip(), forenames=after.replace(",", " ").strip())
    spoken = names.replace(",", " ").split()
    return replace(
        query,
        forenames=" ".join(spoken[:-1]),
        surname=spoken[-1] if spoken else "",
        names_in_any_order=bool(spoken),
    )


def _nhs_number(query: Query, match: re.Match[str]) -> Query | None:
    number = normalised(match[0])
    return replace(query, identifiers=(*query.identifiers, (NHS_NUMBER, number)))


def _upn(query: Query, match: re.Match[str]) -> Query | None:
    number = normalised(match[0])
    if not is_upn(number):
        return None
    return replace(query, identifiers=(*query.identifiers, (UPN, number)))


def _phone(query: Query, match: re.Match[str]) -> Query | None:
    return None if query.phone else replace(query, phone=match[0])


def _date(query: Query, match: re.Match[str]) -> Query | None:
    """Put a whole date, if there is such a day and it may be meant."""
    parts = match.groupdict()
    month = _MONTHS.index(parts["word"][:3].lower()) + 1 if parts.get("word") else parts["month"]
    try:
        born = date(int(parts["year"]), int(month), int(parts["day"]))
    except ValueError:
        return None
    return None if query.birth or born == _NEVER_MEANT else replace(query, birth=born)


def _month(query: Query, match: re.Match[str]) -> Query | None:
    parts = match.groupdict()
    month = _MONTHS.index(parts["word"][:3].lower()) + 1 if parts.get("word") else parts["month"]
    if query.birth or query.birth_year or not 1 <= int(month) <= len(_MONTHS):
        return None
    return replace(query, birth_year=int(parts["year"]), birth_month=int(month))


def _year(query: Query, match: re.Match[str]) -> Query | None:
    known = query.birth or query.birth_year or int(match[0]) > query.as_of.year
    return None if known else replace(query, birth_year=int(match[0]))


def _age(query: Query, match: re.Match[str]) -> Query | None:
    age = int(match["age"])
    if query.age is not None or age > _OLDEST:
        return None
    return replace(query, age=age, age_is_about=bool(match["about"]))


def _address(query: Query, match: re.Match[str]) -> Query | None:
    return replace(query, house=match["house"], street=match["street"])


def _postcode(query: Query, match: re.Match[str]) -> Query | None:
    if query.postcode or Postcode.read(match[0]) is None:
        return None
    return replace(query, postcode=match[0].upper())


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.]){text}(?![\w/])", re.ASCII | re.IGNORECASE)


_Put = Callable[[Query, re.Match[str]], Query | None]

_PARTS: tuple[tuple[re.Pattern[str], _Put], ...] = (
    (_pattern(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"), _date),
    (_pattern(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})"), _date),
    (_pattern(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? (?P<year>\d{{4}})"), _date),
    (_pattern(rf"{_MONTH},? (?P<year>\d{{4}})"), _month),
    (_pattern(r"(?P<month>\d{1,2})/(?P<year>\d{4})"), _month),
    (_pattern(r"[1-9]\d{2}[ -]?\d{3}[ -]?\d{4}"), _nhs_number),
    (_pattern(r"[a-z]\d{11}[0-9a-z]"), _upn),
    (_pattern(r"(?:0|\+44 ?(?:\(0\) ?)?)\d[\d ()-]{7,13}\d"), _phone),
    (_pattern(rf"(?P<house>\d{{1,4}}[a-z]?),? (?P<street>(?:[a-z']+ ){{1,3}}{_STREET})"), _address),
    (_pattern(r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}"), _postcode),
    (_pattern(r"[a-z]{1,2}\d[a-z\d]?(?: \d)?"), _postcode),
    (
        _pattern(r"(?P<about>about |approx\.? |around |c\. ?|~ ?)?(?:aged? )(?P<age>\d{1,3})"),
        _age,
    ),
    (
        _pattern(rf"(?P<about>about |approx\.? |around |c\. ?|~ ?)?(?P<age>\d{{1,3}}) ?{_YEARS}"),
        _age,
    ),
    (_pattern(r"(?P<about>about |approx\.? |around |c\. ?|~ ?)(?P<age>\d{1,3})"), _age),
    (_pattern(r"(?:19|20)\d\d"), _year),
    (_pattern(r"(?P<about>)(?P<age>\d{1,2})"), _age),
)
"""The parts a text may have, those that could be taken for another first."""
