"""What gives somebody away: parts of who they are that a line may share with them."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from directory.domain.people import Address, Identifier, Identity, Name, Person
from directory.domain.vocabulary import IdentifierKind

_NAME_AND_BIRTH_PARTS = 2
_EVERY_PART = 3


class TraceKind(StrEnum):
    """What a trace is a part of."""

    NUMBER = "number"
    HOME = "home"
    FORENAME = "forename"
    SURNAME = "surname"
    BIRTH = "birth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One part of who somebody is, folded so that spellings of it are equal."""

    kind: TraceKind
    text: str

    @property
    def is_whole(self) -> bool:
        """Return whether it is more than the postcode of a home of which no house is known."""
        return not (self.kind is TraceKind.HOME and self.text.startswith("/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The traces one line shows, each part of a name apart."""

    sure: frozenset[Trace]  # one of them is enough
    forenames: frozenset[Trace]
    surnames: frozenset[Trace]
    births: frozenset[Trace]

    @property
    def every(self) -> frozenset[Trace]:
        """Return all of them."""
        names = self.forenames | self.surnames
        swapped = _as(TraceKind.SURNAME, names) | _as(TraceKind.FORENAME, names)
        return self.sure | swapped | self.births

    def gives_away(self, kept: frozenset[Trace]) -> bool:
        """Return whether a line that shows these may be about whoever left the traces `kept`.

        It shares an address or an identifier with them, or two of surname, forename and date of
        birth; the names may stand in each other's place. Source: SECURITY, restriction.
        """
        if not kept.isdisjoint(self.sure):
            return True
        return self._parts_among(kept) >= _NAME_AND_BIRTH_PARTS

    def says_the_same(self, kept: frozenset[Trace]) -> bool:
        """Return whether it says of who it is what left the traces `kept`, wherever they live.

        It shares an identifier, or surname, forename and date of birth with them.
        """
        numbers = {each for each in self.sure if each.kind is TraceKind.NUMBER}
        return not kept.isdisjoint(numbers) or self._parts_among(kept) == _EVERY_PART

    def _parts_among(self, kept: frozenset[Trace]) -> int:
        """Return how many of forename, surname and birth are kept, in the order that shows more."""
        swapped = (_as(TraceKind.SURNAME, self.forenames), _as(TraceKind.FORENAME, self.surnames))
        return max(
            sum(not kept.isdisjoint(part) for part in (*names, self.births))
            for names in ((self.forenames, self.surnames), swapped)
        )


def left_by(person: Person) -> frozenset[Trace]:
    """Return every trace that a protected `person` leaves."""
    surnames = (folded(each.surname) for each in person.names)
    forenames = (folded(word) for each in person.names for word in each.forenames.split())
    return frozenset(
        {
            *_names(TraceKind.SURNAME, surnames),
            *_names(TraceKind.FORENAME, forenames),
            *(trace for day in person.births for trace in _birth_traces(day)),
            *_numbers(person.identifiers),
            *(trace for home in person.addresses for trace in _kept_home(home)),
        }
    )


def shared_with(person: Person) -> frozenset[Trace]:
    """Return by which traces others are told to live with `person`, or to be them.

    A postcode alone, where no house is known, is too little for that.
    """
    whole = replace(person, addresses=tuple(each for each in person.addresses if _door(each)))
    return left_by(whole)


def left_at(home: Address) -> frozenset[Trace]:
    """Return the traces of one address that must not be told."""
    return frozenset(_kept_home(home))


def shown_by(identity: Identity) -> Shown:
    """Return the traces a line shows of whom it is about."""
    homes = (identity.address,) if identity.address else ()
    births = (identity.birth.day,) if identity.birth else ()
    return _shown(identity.names, births, homes, identity.identifiers)


def shown_of(person: Person) -> Shown:
    """Return the traces that all lines about `person` together show."""
    return _shown(person.names, person.births, person.addresses, person.identifiers)


def interests_in(names: Iterable[Name], birth: date | None) -> frozenset[str]:
    """Return by what a declared interest tells that somebody with these names is the one meant."""
    born = birth.isoformat() if birth else ""
    return frozenset("/".join((folded(each.surname), _first(each), born)) for each in names if born)


def folded(text: str) -> str:
    """Return the letters of `text`, without case and accents."""
    if text.isascii():
        return "".join(filter(str.isalpha, text)).lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalpha, plain))


def _shown(
    names: Iterable[Name],
    births: Iterable[date],
    homes: Iterable[Address],
    identifiers: Iterable[Identifier],
) -> Shown:
    named = tuple(names)
    return Shown(
        sure=frozenset(
            {*_numbers(identifiers), *(trace for home in homes for trace in _shown_home(home))}
        ),
        forenames=_names(TraceKind.FORENAME, (_first(each) for each in named)),
        surnames=_names(TraceKind.SURNAME, (folded(each.surname) for each in named)),
        births=frozenset(map(_birth_trace, births)),
    )


def _first(name: Name) -> str:
    return folded(next(iter(name.forenames.split()), ""))


def _names(kind: TraceKind, words: Iterable[str]) -> frozenset[Trace]:
    return frozenset(Trace(kind=kind, text=each) for each in words if each)


def _as(kind: TraceKind, traces: Iterable[Trace]) -> frozenset[Trace]:
    return _names(kind, (each.text for each in traces))


def _birth_trace(day: date) -> Trace:
    return Trace(kind=TraceKind.BIRTH, text=day.isoformat())


def _birth_traces(day: date) -> Iterator[Trace]:
    """Yield the date of birth, and the one with day and month swapped."""
    yield _birth_trace(day)
    yield Trace(kind=TraceKind.BIRTH, text=f"{day.year:04}-{day.day:02}-{day.month:02}")


def _numbers(identifiers: Iterable[Identifier]) -> Iterator[Trace]:
    """Yield the national numbers; a service's own reference says nothing to another."""
    for each in identifiers:
        if each.kind is not IdentifierKind.SOURCE_REFERENCE:
            yield Trace(kind=TraceKind.NUMBER, text=f"{each.kind}/{each.value}")


def _kept_home(home: Address) -> Iterator[Trace]:
    """Yield by what an address is told; where no house is known, the postcode alone will do."""
    postcode = home.postcode.compact if home.postcode else ""
    if postcode:
        yield _home(_door(home), postcode)
    if _door(home) and home.street:
        yield _home(_door(home), folded(home.street))


def _shown_home(home: Address) -> Iterator[Trace]:
    postcode = home.postcode.compact if home.postcode else ""
    if postcode:
        yield _home(_door(home), postcode)
        yield _home("", postcode)
    elif _door(home) and home.street:
        yield _home(_door(home), folded(home.street))


def _home(door: str, place: str) -> Trace:
    return Trace(kind=TraceKind.HOME, text=f"{door}/{place}")


def _door(home: Address) -> str:
    return "".join(filter(str.isalnum, home.house)).lower()
