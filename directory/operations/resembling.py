"""Tell which lines of one file may be about the same person whom nobody knew before."""

from datetime import date

from directory.domain.people import Identity, Person
from directory.domain.traces import folded

Mark = tuple[str, ...]

_STAND_FOR_NOTHING = frozenset(
    {"anon", "anonymous", "baby", "na", "nk", "notknown", "test", "unborn", "unk", "unknown"}
)

_MOST_DAYS_EARLY, _MOST_DAYS_LATE = 130, 45


def begins_somebody(identity: Identity) -> bool:
    """Return whether a line says enough to begin a new person: both names and a date of birth."""
    name = identity.names[0]
    named = {folded(name.forenames), folded(name.surname)}
    return identity.birth is not None and not named & {"", *_STAND_FOR_NOTHING}


def marks(identity: Identity) -> frozenset[Mark]:
    """Return marks of which two lines share one where they may be about the same person."""
    name = identity.names[0]
    forenames, surname = folded(name.forenames), folded(name.surname)
    born = identity.birth.day.isoformat() if identity.birth else ""
    found: set[Mark] = {("names", forenames, surname)}
    if born:
        postcode = _postcode(identity)
        found |= {("surname", surname, born), ("forenames", forenames, born)}
        found |= {("postcode", postcode, born)} if postcode else set()
    return frozenset(found) | _numbers(identity)


def may_be_born_as(identity: Identity, unborn: Person, expected: date) -> bool:
    """Return whether a line may be about the child that `unborn` was expected to be.

    It was born near the day, and has a surname or a postcode of theirs.
    """
    if identity.birth is None:
        return False
    late = (identity.birth.day - expected).days
    if not -_MOST_DAYS_EARLY <= late <= _MOST_DAYS_LATE:
        return False
    surnames = {folded(each.surname) for each in unborn.names} - {""}
    homes = {each.postcode.compact for each in unborn.addresses if each.postcode}
    named = {folded(each.surname) for each in identity.names}
    return bool(surnames & named) or _postcode(identity) in homes


def sure_marks(identity: Identity) -> frozenset[Mark]:
    """Return marks of which two lines share one only where they are about the same person."""
    name = identity.names[0]
    if identity.birth is None:
        return _numbers(identity)
    born = identity.birth.day.isoformat()
    same = ("same", folded(name.forenames), folded(name.surname), born, _postcode(identity))
    return _numbers(identity) | {same}


def _numbers(identity: Identity) -> frozenset[Mark]:
    return frozenset((each.kind, each.value) for each in identity.identifiers)


def _postcode(identity: Identity) -> str:
    home = identity.address
    return home.postcode.compact if home and home.postcode else ""
