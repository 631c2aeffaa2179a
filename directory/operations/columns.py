"""The columns that a service's file has, and where in its lines they stand."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from directory.domain.mapping import heading_of
from directory.domain.neutrality import never_held
from directory.domain.vocabulary import Service
from directory.operations.reading import Unreadable

_IDENTITY = (
    "nhs_number",
    "upn",
    "forenames",
    "surname",
    "known_as",
    "former_surname",
    "date_of_birth",
    "house",
    "street",
    "postcode",
)
_WITHOUT_UPN = tuple(each for each in _IDENTITY if each != "upn")
_NUMBERS_PUPILS = frozenset({Service.SCHOOL, Service.CHILDRENS_SOCIAL_CARE})
_INVOLVEMENT = (
    "started",
    "last_involved",
    "ended",
    "organisation_reference",
    "organisation_name",
    "team_reference",
    "team_name",
    "team_duty_line",
    "team_out_of_hours_line",
    "practitioner_reference",
    "practitioner_name",
    "practitioner_role",
    "practitioner_phone",
    "practitioner_email",
    "practitioner_left_on",
)
_FAMILY = ("family_reference", "family_role", "person_reference", "tie", "other_reference")
_MUST = (
    "source_reference",
    "forenames",
    "surname",
    "organisation_reference",
    "organisation_name",
    "team_reference",
    "team_name",
)
_UNSHOWN = re.compile(r"[^\w \-./]")
_MOST_NAME_LENGTH = 60
_MOST_COLUMNS = 200
_ZEROS_COUNT = frozenset({"team_duty_line", "team_out_of_hours_line", "practitioner_phone"})


Meanings = Mapping[str, str]
"""What a service's own headings stand for, each a column of the contract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each column stands in a line, and the names of those that are dropped unread.

    `read_as` are the sender's own headings that stood for a column of the contract.
    """

    places: Mapping[str, int]
    width: int
    dropped: tuple[str, ...]
    read_as: tuple[tuple[str, str], ...] = ()

    def losing_zeros(self, numbered: Collection[int]) -> tuple[str, ...]:
        """Return which of the columns at these places mean something else without zeros before."""
        return tuple(
            name
            for name, place in self.places.items()
            if place in numbered and (name in _ZEROS_COUNT or name.endswith("_reference"))
        )


def known_columns(service: Service) -> tuple[str, ...]:
    """Return the columns of the contract for a file of `service`, in its order."""
    identity = _IDENTITY if service in _NUMBERS_PUPILS else _WITHOUT_UPN
    if service is Service.CHILDRENS_SOCIAL_CARE:
        return ("record", "source_reference", *identity, *_FAMILY, *_INVOLVEMENT)
    return ("source_reference", *identity, *_INVOLVEMENT)


def is_header(header: Sequence[str], service: Service, meanings: Meanings) -> bool:
    """Return whether these cells name at least half of the columns that a file must have."""
    names = {_read_as(cell, service, meanings) for cell in header}
    return 2 * len(names.intersection(_MUST)) >= len(_MUST)


def columns_of(
    header: Sequence[str], service: Service, meanings: Meanings = MappingProxyType({})
) -> Columns:
    """Return the columns of a file of `service`, or raise Unreadable.

    Names may differ from the contract's in case, and have spaces for underscores. `meanings` are
    what the service's own headings stand for.
    """
    if len(header) > _MOST_COLUMNS:
        raise Unreadable(
            f"has {len(header)} columns: send those of the contract, {_MOST_COLUMNS} at most"
        )
    names = [_read_as(cell, service, meanings) for cell in header]
    _refuse_never_held(header)
    known = frozenset(known_columns(service))
    _refuse_missing(names, service)
    twice = next(
        (name for name, count in Counter(names).items() if count > 1 and name in known), ""
    )
    if twice:
        raise Unreadable("stands in the header twice", column=twice)
    return Columns(
        places={name: place for place, name in enumerate(names) if name in known},
        width=len(names),
        dropped=tuple(
            _shown(cell, place)
            for place, (cell, name) in enumerate(zip(header, names, strict=True), start=1)
            if name not in known
        ),
        read_as=tuple(
            (heading_of(cell), name)
            for cell, name in zip(header, names, strict=True)
            if name != heading_of(cell)
        ),
    )


def _read_as(cell: str, service: Service, meanings: Meanings) -> str:
    """Return the column that a heading stands for: itself first, then what the service said."""
    heading = heading_of(cell)
    return heading if heading in known_columns(service) else meanings.get(heading, heading)


def _refuse_never_held(header: Sequence[str]) -> None:
    for place, cell in enumerate(header, start=1):
        kind = never_held(cell)
        if kind:
            raise Unreadable(
                f"would hold what is never held here ({kind}): take it out of the file",
                column=_shown(cell, place),
            )


def _refuse_missing(names: Sequence[str], service: Service) -> None:
    must: tuple[str, ...] = _MUST
    if service is Service.CHILDRENS_SOCIAL_CARE:
        must = ("record", *_MUST, *_FAMILY)
    missing = [name for name in must if name not in names]
    if len(missing) == len(must):
        raise Unreadable(
            "has no header with the columns of the contract, parted by commas: its first line must"
            f" name {', '.join(must)}"
        )
    if missing:
        raise Unreadable("is missing from the header", column=", ".join(missing))


def _shown(cell: str, place: int) -> str:
    """Return the name of a column, or its place where that is no plain name."""
    text = cell.strip()
    plain = 0 < len(text) <= _MOST_NAME_LENGTH and not _UNSHOWN.search(text)
    return text if plain else f"column {place}"
