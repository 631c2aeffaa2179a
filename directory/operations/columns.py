"""The columns that a service's file has, and where in its lines they stand."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each column stands in a line, and the names of those that are dropped unread."""

    places: Mapping[str, int]
    width: int
    dropped: tuple[str, ...]


def columns_of(header: Sequence[str], service: Service) -> Columns:
    """Return the columns of a file of `service`, or raise Unreadable.

    Names may differ from the contract's in case, and have spaces for underscores.
    """
    names = [_name(cell) for cell in header]
    _refuse_never_held(header)
    known = _known(service)
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
    )


def _known(service: Service) -> frozenset[str]:
    if service is Service.CHILDRENS_SOCIAL_CARE:
        return frozenset(("record", "source_reference", *_IDENTITY, *_FAMILY, *_INVOLVEMENT))
    known = frozenset(("source_reference", *_IDENTITY, *_INVOLVEMENT))
    return known if service is Service.SCHOOL else known - {"upn"}


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


def _name(cell: str) -> str:
    return re.sub(r"[\s\-]+", "_", cell.strip()).lower()


def _shown(cell: str, place: int) -> str:
    """Return the name of a column, or its place where that is no plain name."""
    text = cell.strip()
    plain = 0 < len(text) <= _MOST_NAME_LENGTH and not _UNSHOWN.search(text)
    return text if plain else f"column {place}"
