"""Read what a practitioner types in the one box, beside what stands in boxes of its own."""

from dataclasses import dataclass, replace

from directory.domain.looking import Sought
from directory.ledger.indexing import sought_in

_EMPTY = Sought()
_APART = (
    ("name",),
    ("birth", "birth_year", "birth_month"),
    ("age", "age_is_about"),
    ("nhs_number",),
    ("upn",),
    ("references",),
)
_ADDRESS = (("house", "street"), ("postcode",))
"""An address is one thing in two parts: what two places say of it is never put together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What is sought, and what the one box says that is not, for it stands otherwise below it."""

    sought: Sought
    overridden: Sought


def read_box(text: str, *, beside: Sought) -> Box:
    """Return what `text` asks and what is given `beside` it, box by box, which goes before."""
    found = sought_in(text)
    sought, overridden = found, _EMPTY
    for part in _APART:
        if _differ(found, beside, part):
            overridden = _taken(overridden, found, part)
        sought = _taken(sought, beside, part) if _says(beside, part) else sought
    disagree = any(_differ(found, beside, part) for part in _ADDRESS)
    for part in _ADDRESS:
        if disagree and _says(found, part) and not _same(found, beside, part):
            overridden = _taken(overridden, found, part)
        if disagree or _says(beside, part):
            sought = _taken(sought, beside, part)
    return Box(sought=sought, overridden=overridden)


def _values(of: Sought, part: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(of, name) for name in part)


def _says(of: Sought, part: tuple[str, ...]) -> bool:
    """Return whether anything is said of `part`."""
    return _values(of, part) != _values(_EMPTY, part)


def _same(one: Sought, other: Sought, part: tuple[str, ...]) -> bool:
    """Return whether both say the same of `part`, but for capitals and spaces."""
    said = (" ".join(map(str, _values(each, part))).split() for each in (one, other))
    return len({" ".join(words).casefold() for words in said}) == 1


def _differ(one: Sought, other: Sought, part: tuple[str, ...]) -> bool:
    """Return whether both say something of `part`, and not the same."""
    return _says(one, part) and _says(other, part) and not _same(one, other, part)


def _taken(into: Sought, of: Sought, part: tuple[str, ...]) -> Sought:
    """Return `into` with `part` as `of` says it."""
    return replace(into, **dict(zip(part, _values(of, part), strict=True)))  # type: ignore[arg-type]  # as named
