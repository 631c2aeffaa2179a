"""Say what a people index takes and gives: its port and its values."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from sqlalchemy import Connection

MOST_CANDIDATES = 10
"""The most people one look-up ever hands over."""

NHS_NUMBER = "nhs_number"
"""The kind of identifier that is checked and corrected as an NHS number."""

UPN = "upn"
"""The kind of identifier that is a unique pupil number."""


class NameKind(StrEnum):
    """Name the part a name plays in a person's life."""

    CURRENT = "current"
    FORMER = "former"
    KNOWN_AS = "known_as"
    BIRTH = "birth"
    ALIAS = "alias"


class AddressKind(StrEnum):
    """Tell where a person lives from where a person lived."""

    CURRENT = "current"
    FORMER = "former"


class BirthPrecision(StrEnum):
    """Say how much of a date of birth is known; the unknown parts are ignored."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Evidence(StrEnum):
    """Name the kinds of evidence that do not follow from one another."""

    NAME = "name"
    BIRTH = "birth"
    ADDRESS = "address"
    IDENTIFIER = "identifier"


class Strength(StrEnum):
    """Say what a list of candidates is worth.

    STRONG: the first is all but certain by two kinds of evidence or a number, no other comes near.
    POSSIBLE: some fit; a practitioner must choose.
    NONE: nobody fits well enough to be named.
    TOO_MANY: so many fit equally that naming ten would name strangers; ask for one more field.
    """

    STRONG = "strong"
    POSSIBLE = "possible"
    NONE = "none"
    TOO_MANY = "too_many"


class Reason(StrEnum):
    """Say why a candidate matched, or what differs, without any value of the person's.

    A page finds the sentence by the value; `evidence` says which kind of evidence it is.
    """

    SURNAME_SAME = "surname_same"
    SURNAME_VARIANT = "surname_variant"
    SURNAME_SOUNDS_ALIKE = "surname_sounds_alike"
    SURNAME_SPELT_ALMOST_SAME = "surname_spelt_almost_same"
    SURNAME_PARTLY_SAME = "surname_partly_same"
    SURNAME_DIFFERS = "surname_differs"
    FORMER_SURNAME = "former_surname"
    FORENAME_SAME = "forename_same"
    FORENAME_SHORT_FORM = "forename_short_form"
    FORENAME_SOUNDS_ALIKE = "forename_sounds_alike"
    FORENAME_SPELT_ALMOST_SAME = "forename_spelt_almost_same"
    FORENAME_PARTLY_SAME = "forename_partly_same"
    FORENAME_INITIAL_SAME = "forename_initial_same"
    FORENAME_DIFFERS = "forename_differs"
    OTHER_FORENAME_SAME = "other_forename_same"
    NAMES_SWAPPED = "names_swapped"
    BIRTH_SAME = "birth_same"
    BIRTH_DAY_MONTH_SWAPPED = "birth_day_month_swapped"
    BIRTH_ONE_DIGIT_DIFFERS = "birth_one_digit_differs"
    BIRTH_YEAR_NEAR = "birth_year_near"
    BIRTH_MONTH_SAME = "birth_month_same"
    BIRTH_DAY_SAME = "birth_day_same"
    BIRTH_YEAR_SAME = "birth_year_same"
    BIRTH_DIFFERS = "birth_differs"
    AGE_SAME = "age_same"
    AGE_NEAR = "age_near"
    AGE_DIFFERS = "age_differs"
    ADDRESS_SAME = "address_same"
    POSTCODE_SAME = "postcode_same"
    POSTCODE_SAME_AREA = "postcode_same_area"
    POSTCODE_ALMOST_SAME = "postcode_almost_same"
    STREET_SAME = "street_same"
    ADDRESS_DIFFERS = "address_differs"
    ADDRESS_FORMER = "address_former"
    PHONE_SAME = "phone_same"
    NHS_NUMBER_SAME = "nhs_number_same"
    NHS_NUMBER_CORRECTED = "nhs_number_corrected"
    NHS_NUMBER_DIFFERS = "nhs_number_differs"
    IDENTIFIER_SAME = "identifier_same"
    IDENTIFIER_DIFFERS = "identifier_differs"

    @property
    def evidence(self) -> Evidence:
        """Return the kind of evidence this reason speaks of."""
        return _EVIDENCE_BY_FIRST_WORD.get(self.value.split("_", 1)[0], Evidence.NAME)


_EVIDENCE_BY_FIRST_WORD = {
    "birth": Evidence.BIRTH,
    "age": Evidence.BIRTH,
    "address": Evidence.ADDRESS,
    "postcode": Evidence.ADDRESS,
    "street": Evidence.ADDRESS,
    "phone": Evidence.ADDRESS,
    "nhs": Evidence.IDENTIFIER,
    "identifier": Evidence.IDENTIFIER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableName:
    """Hold one name of a person; several forenames are parted by spaces."""

    kind: NameKind = NameKind.CURRENT
    forenames: str
    surname: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableAddress:
    """Hold one address of a person; an unknown part is empty."""

    kind: AddressKind = AddressKind.CURRENT
    house: str = ""
    street: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """Hold what is indexed of one person, all lines about the person merged.

    `person` is the person's 16 random bytes. `identifiers` are (kind, normalised value), a case
    reference having its organisation in its kind. `birth_precision` is None when `birth` is.
    """

    person: bytes
    names: tuple[SearchableName, ...]
    birth: date | None = None
    birth_precision: BirthPrecision | None = None
    addresses: tuple[SearchableAddress, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableLine:
    """Hold what a line of an extract says of somebody who is not known yet."""

    names: tuple[SearchableName, ...]
    birth: date | None = None
    birth_precision: BirthPrecision | None = None
    addresses: tuple[SearchableAddress, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Hold what a practitioner knows of the person sought; an unknown part is empty or None.

    Every text may be as typed: the index folds, strips and bounds it. `birth` is a whole date;
    `birth_year`, `birth_month` and `birth_day` are for a date known in part, and are ignored
    beside `birth`. `age` is in whole years on the day `as_of`; `age_is_about` widens it by a year
    more. `names_in_any_order` says that nobody knows which of the words is the surname.
    """

    as_of: date
    forenames: str = ""
    surname: str = ""
    names_in_any_order: bool = False
    birth: date | None = None
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    age: int | None = None
    age_is_about: bool = False
    postcode: str = ""
    house: str = ""
    street: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Refer to one person who may be the one sought.

    `score` is the weight of the evidence in bits; `probability` is that of being the one sought,
    the others and nobody at all considered.
    """

    person: bytes
    score: float
    probability: float
    why: tuple[Reason, ...]
    differs: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Hold the answer to a query, the likeliest first.

    `candidates` is empty when `strength` is NONE or TOO_MANY, and at most MOST_CANDIDATES long.
    """

    strength: Strength
    candidates: tuple[Candidate, ...] = ()


class LinkOutcome(StrEnum):
    """Say what to do with a line of an extract.

    AUTO: it is the first candidate's. WAIT: a person has to decide. NEW: it is nobody's yet.
    """

    AUTO = "auto"
    WAIT = "wait"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDecision:
    """Hold whose line it is, with the evidence about the first candidate.

    `agrees` are the independent kinds of evidence that speak for the first candidate, `disagrees`
    those that speak against; both are empty when there is no candidate.
    """

    outcome: LinkOutcome
    candidates: tuple[Candidate, ...] = ()
    agrees: frozenset[Evidence] = frozenset()
    disagrees: frozenset[Evidence] = frozenset()


class PeopleIndex(Protocol):
    """Find people by scored evidence, giving references and never facts.

    Whoever implements this keeps these promises:
    * Everything is read and written through the connection given, inside the transaction that
      the caller opened, and nothing is committed: a person is found from the moment the
      transaction that put it is committed, by every process, and never if it is rolled back.
    * The same people, put in the same order, give the same answers on every engine.
    * Whatever the query holds, `find` answers; it raises for a broken store only.
    """

    def prepare(self, connection: Connection) -> None:
        """Read what every answer is measured by, which the first one would else wait for."""
        ...

    def find(self, connection: Connection, query: Query, *, hidden: frozenset[bytes]) -> Found:
        """Return the people who may be the one sought, as if those `hidden` were not there.

        Hidden people are taken out before candidates are bounded, weighed against one another
        and counted, so that nothing about the answer depends on them.
        """
        ...

    def ranked(
        self, connection: Connection, query: Query, *, hidden: frozenset[bytes], most: int
    ) -> tuple[Candidate, ...]:
        """Return the `most` likeliest people, whatever the list is worth; never for a page.

        It serves to find out whom to hide, and to evaluate the search by.
        """
        ...

    def put(self, connection: Connection, people: Sequence[Searchable]) -> None:
        """Index `people`, each replacing what was indexed of the same person before.

        Fast for one and for thousands. A person with nothing to find it by is indexed as nothing.
        """
        ...

    def remove(self, connection: Connection, people: Sequence[bytes]) -> None:
        """Forget `people` without a trace; those who are not indexed are passed over."""
        ...

    def rebuild(self, connection: Connection, people: Iterable[Searchable]) -> None:
        """Forget everybody, then index `people`, reading them once and in parts."""
        ...

    def pair(self, connection: Connection, pairs: Collection[tuple[str, str]]) -> None:
        """Take the two names of each of `pairs`, and of no other pair put before, for variants.

        Names are folded words, 31 letters in all at most. It holds for finding and linking, in
        every process, from the moment the transaction is committed.
        """
        ...

    def link(
        self, connection: Connection, line: SearchableLine, *, guarded: frozenset[bytes]
    ) -> LinkDecision:
        """Return whose `line` it is.

        AUTO needs a probability of .95 or more, two independent kinds of evidence, no
        disagreement and no near runner-up; a person who is `guarded` (restricted, adopted) waits
        for a decision instead.
        """
        ...

    def link_many(
        self,
        connection: Connection,
        lines: Sequence[SearchableLine],
        *,
        guarded: frozenset[bytes],
    ) -> tuple[LinkDecision, ...]:
        """Return whose each of `lines` is, in their order, far faster than one by one.

        Lines are compared with people already put, not with one another: give them in parts of a
        few hundred and put the new people of one part before the next.
        """
        ...
