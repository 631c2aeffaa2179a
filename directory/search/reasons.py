"""Say why a person matched and what differs, from how the parts compare."""

from collections.abc import Iterator

from directory.search.features import FORMER_FLAG, LATER_FLAG, SURNAME_FLAG
from directory.search.people import Reason
from directory.search.scoring import Scored
from directory.search.vocabulary import Level
from directory.search.weights import BirthLevel, NumberLevel, PlaceLevel

_SURNAMES = {
    Level.EXACT: Reason.SURNAME_SAME,
    Level.VARIANT: Reason.SURNAME_VARIANT,
    Level.EDIT: Reason.SURNAME_SPELT_ALMOST_SAME,
    Level.SOUND: Reason.SURNAME_SOUNDS_ALIKE,
    Level.NEAR: Reason.SURNAME_PARTLY_SAME,
    Level.FAR: Reason.SURNAME_PARTLY_SAME,
    Level.INITIAL: Reason.SURNAME_PARTLY_SAME,
    Level.NONE: Reason.SURNAME_DIFFERS,
}
_FORENAMES = {
    Level.EXACT: Reason.FORENAME_SAME,
    Level.VARIANT: Reason.FORENAME_SHORT_FORM,
    Level.EDIT: Reason.FORENAME_SPELT_ALMOST_SAME,
    Level.SOUND: Reason.FORENAME_SOUNDS_ALIKE,
    Level.NEAR: Reason.FORENAME_PARTLY_SAME,
    Level.FAR: Reason.FORENAME_PARTLY_SAME,
    Level.INITIAL: Reason.FORENAME_INITIAL_SAME,
    Level.NONE: Reason.FORENAME_DIFFERS,
}
_BIRTHS = {
    BirthLevel.SAME: Reason.BIRTH_SAME,
    BirthLevel.SWAPPED: Reason.BIRTH_DAY_MONTH_SWAPPED,
    BirthLevel.DIGIT: Reason.BIRTH_ONE_DIGIT_DIFFERS,
    BirthLevel.YEAR_NEAR: Reason.BIRTH_YEAR_NEAR,
    BirthLevel.MONTH: Reason.BIRTH_MONTH_SAME,
    BirthLevel.DAY: Reason.BIRTH_DAY_SAME,
    BirthLevel.YEAR: Reason.BIRTH_YEAR_SAME,
    BirthLevel.DIFFERS: Reason.BIRTH_DIFFERS,
    BirthLevel.AGE_SAME: Reason.AGE_SAME,
    BirthLevel.AGE_NEAR: Reason.AGE_NEAR,
    BirthLevel.AGE_DIFFERS: Reason.AGE_DIFFERS,
    BirthLevel.MONTH_AS_KNOWN: Reason.BIRTH_MONTH_SAME,
    BirthLevel.YEAR_AS_KNOWN: Reason.BIRTH_YEAR_SAME,
    BirthLevel.DAY_AS_KNOWN: Reason.BIRTH_DAY_SAME,
}
_PLACES = {
    PlaceLevel.HOUSE: Reason.ADDRESS_SAME,
    PlaceLevel.POSTCODE: Reason.POSTCODE_SAME,
    PlaceLevel.NEAR: Reason.POSTCODE_ALMOST_SAME,
    PlaceLevel.STREET: Reason.STREET_SAME,
    PlaceLevel.SECTOR: Reason.POSTCODE_SAME_AREA,
    PlaceLevel.OUTWARD: Reason.POSTCODE_SAME_AREA,
    PlaceLevel.DIFFERS: Reason.ADDRESS_DIFFERS,
}
_NHS_NUMBERS = {
    NumberLevel.SAME: Reason.NHS_NUMBER_SAME,
    NumberLevel.CORRECTED: Reason.NHS_NUMBER_CORRECTED,
    NumberLevel.DIFFERS: Reason.NHS_NUMBER_DIFFERS,
}
_IDENTIFIERS = {
    NumberLevel.SAME: Reason.IDENTIFIER_SAME,
    NumberLevel.DIFFERS: Reason.IDENTIFIER_DIFFERS,
}
_DIFFERENCES = frozenset(
    {
        Reason.SURNAME_DIFFERS,
        Reason.FORENAME_DIFFERS,
        Reason.BIRTH_DIFFERS,
        Reason.AGE_DIFFERS,
        Reason.ADDRESS_DIFFERS,
        Reason.NHS_NUMBER_DIFFERS,
        Reason.IDENTIFIER_DIFFERS,
    }
)


def reasons(scored: Scored, pair: int) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return why the `pair` matched and what differs, each reason once, names first."""
    every = dict.fromkeys(
        [*_of_names(scored, pair), *_of_birth(scored, pair), *_of_the_rest(scored, pair)]
    )
    why = tuple(each for each in every if each not in _DIFFERENCES)
    return why, tuple(each for each in every if each in _DIFFERENCES)


def _of_names(scored: Scored, pair: int) -> Iterator[Reason]:
    """Yield what the words of the name say; a later forename that is missing says nothing."""
    names = scored.names
    if names.swapped[pair].any():
        yield Reason.NAMES_SWAPPED
    for column, level in enumerate(names.levels[pair].tolist()):
        flags = int(names.flags[pair, column])
        asked_surname = bool(scored.is_surname[pair, column])
        is_surname = bool(flags & SURNAME_FLAG) if level else asked_surname
        if names.unknown[pair, column] or (level == Level.NONE and scored.is_later[pair, column]):
            continue
        if is_surname:
            yield Reason.FORMER_SURNAME if flags & FORMER_FLAG else _SURNAMES[Level(level)]
        elif level == Level.EXACT and flags & (FORMER_FLAG | LATER_FLAG):
            yield Reason.OTHER_FORENAME_SAME
        else:
            yield _FORENAMES[Level(level)]


def _of_birth(scored: Scored, pair: int) -> Iterator[Reason]:
    """Yield what the date of birth or the age says."""
    level = BirthLevel(int(scored.birth[pair]))
    if level is not BirthLevel.UNKNOWN:
        yield _BIRTHS[level]


def _of_the_rest(scored: Scored, pair: int) -> Iterator[Reason]:
    """Yield what the address and the numbers say."""
    place = PlaceLevel(int(scored.place.levels[pair]))
    if place is not PlaceLevel.UNKNOWN:
        yield _PLACES[place]
        if scored.place.former[pair] and place is not PlaceLevel.DIFFERS:
            yield Reason.ADDRESS_FORMER
    numbers = scored.numbers
    if numbers.phone[pair] == NumberLevel.SAME:
        yield Reason.PHONE_SAME
    if found := _NHS_NUMBERS.get(NumberLevel(int(numbers.nhs_number[pair]))):
        yield found
    if found := _IDENTIFIERS.get(NumberLevel(int(numbers.identifier[pair]))):
        yield found
