"""Write fitted weights as JSON with where they come from, and read them again."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, fields
from enum import IntEnum
from math import isfinite
from types import MappingProxyType
from typing import TypeVar

from directory.search.vocabulary import Level
from directory.search.weights import BirthLevel, NumberLevel, PlaceLevel, Weights

FORMAT = "search weights 1"

_UNKNOWN = "UNKNOWN"
_SHARES: Mapping[str, type[IntEnum]] = {
    "forename": Level,
    "surname": Level,
    "birth": BirthLevel,
    "place": PlaceLevel,
    "number": NumberLevel,
}
_COUNTS = frozenset(
    {
        "phone_differs",
        "other_number_differs",
        "sharing_house",
        "sharing_postcode",
        "sharing_street",
        "sharing_sector",
        "sharing_phone",
        "spread",
        "absence",
    }
)
"""The single numbers that must be above 0."""

Found = TypeVar("Found")


class MalformedWeights(ValueError):
    """The text is no file of weights of this release; the message says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Hold figures of the half of the questions that nothing was fitted to."""

    recall_at_1: float
    recall_at_5: float
    mean_reciprocal_rank: float
    surprise_bits: float
    strong_wrong: float
    absent_strong: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Say when, by which release and from what weights were fitted, and what that changed.

    `made` is a moment in ISO 8601; `fitted` and `held_out` are numbers of questions.
    """

    made: str
    product: str
    people_sha256: str
    queries_sha256: str
    people: int
    fitted: int
    held_out: int
    seed: int
    before: Measured
    after: Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """Hold weights with where they come from."""

    weights: Weights
    provenance: Provenance


def written(trained: Trained) -> str:
    """Return `trained` as JSON."""
    weights = trained.weights
    said: dict[str, object] = {each.name: getattr(weights, each.name) for each in fields(weights)}
    for name in _SHARES:
        shares = getattr(weights, name)
        said[name] = {level.name.lower(): share for level, share in sorted(shares.items())}
    return json.dumps(
        {"format": FORMAT, "provenance": asdict(trained.provenance), "weights": said}, indent=2
    )


def read(text: str) -> Trained:
    """Return the weights written as `text`, or raise MalformedWeights."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedWeights("it is not JSON") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise MalformedWeights(f"it does not say that its format is “{FORMAT}”")
    provenance = _within(said, "provenance")
    return Trained(
        weights=_weights(_within(said, "weights")),
        provenance=Provenance(
            made=_typed(provenance, "made", str),
            product=_typed(provenance, "product", str),
            people_sha256=_typed(provenance, "people_sha256", str),
            queries_sha256=_typed(provenance, "queries_sha256", str),
            people=_typed(provenance, "people", int),
            fitted=_typed(provenance, "fitted", int),
            held_out=_typed(provenance, "held_out", int),
            seed=_typed(provenance, "seed", int),
            before=_measured(_within(provenance, "before")),
            after=_measured(_within(provenance, "after")),
        ),
    )


def _weights(said: Mapping[str, object]) -> Weights:
    known = {each.name for each in fields(Weights)}
    _refuse_others(said, known, "weights")
    single = {name: _single(said, name) for name in sorted(known - _SHARES.keys())}
    return Weights(
        forename=_shares(said, "forename", Level),
        surname=_shares(said, "surname", Level),
        birth=_shares(said, "birth", BirthLevel),
        place=_shares(said, "place", PlaceLevel),
        number=_shares(said, "number", NumberLevel),
        **single,
    )


Levels = TypeVar("Levels", bound=IntEnum)


def _shares(said: Mapping[str, object], name: str, levels: type[Levels]) -> Mapping[Levels, float]:
    """Return the share of true matches at each level, each above 0 and at most 1."""
    shares = _within(said, name)
    known = {level.name.lower(): level for level in levels if level.name != _UNKNOWN}
    _refuse_others(shares, known.keys(), name)
    found = {}
    for word, level in known.items():
        share = _number(shares, word)
        if not 0 < share <= 1:
            raise MalformedWeights(f"{name}, {word} is not a share above 0")
        found[level] = share
    return MappingProxyType(found)


def _single(said: Mapping[str, object], name: str) -> float:
    number = _number(said, name)
    if name in _COUNTS and number <= 0:
        raise MalformedWeights(f"{name} is not above 0")
    return number


def _measured(said: Mapping[str, object]) -> Measured:
    return Measured(**{each.name: _number(said, each.name) for each in fields(Measured)})


def _refuse_others(said: Mapping[str, object], known: AbstractSet[str], name: str) -> None:
    wrong = sorted(said.keys() ^ known)
    if wrong:
        words = ", ".join(wrong)
        raise MalformedWeights(f"{name} does not fit this release ({words}): train again")


def _within(said: Mapping[str, object], name: str) -> Mapping[str, object]:
    inner = said.get(name)
    if not isinstance(inner, dict):
        raise MalformedWeights(f"it has no {name}")
    return inner


def _number(said: Mapping[str, object], name: str) -> float:
    number = said.get(name)
    if isinstance(number, bool) or not isinstance(number, int | float) or not isfinite(number):
        raise MalformedWeights(f"{name} is not a number")
    return float(number)


def _typed(said: Mapping[str, object], name: str, kind: type[Found]) -> Found:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, kind):
        raise MalformedWeights(f"{name} is missing or is not what it should be")
    return value
