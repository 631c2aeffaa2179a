"""Compare addresses with the one asked for, many pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from directory.search.features import Features, Longs
from directory.search.places import characters_apart
from directory.search.question import Question
from directory.search.weights import PlaceLevel, Weights

Numbers = NDArray[np.int64]
Bits = NDArray[np.float64]
Flags = NDArray[np.bool_]

_OUTWARD_SIZE = 4
_INWARD_SIZE = 3
_NEIGHBOURS = 12
"""Postcodes in use that are one character away from a postcode."""

_SCALE = [
    PlaceLevel.HOUSE,
    PlaceLevel.POSTCODE,
    PlaceLevel.STREET,
    PlaceLevel.SECTOR,
    PlaceLevel.OUTWARD,
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesAsked:
    """Hold the address each question asks for: a row each, an unknown part 0."""

    outward: Longs
    sector: Longs
    inward: Longs
    street: Longs
    house: Longs
    outward_share: Bits

    @classmethod
    def of(cls, questions: Sequence[Question], outwards: dict[int, int], people: int) -> Self:
        """Return what `questions` ask; shares are measured in the counts of `outwards`."""
        codes = [
            (each.postcode.outward_code, each.postcode.sector_code, each.postcode.inward_code)
            if each.postcode
            else (0, 0, 0)
            for each in questions
        ]
        parts = np.array(codes, dtype=np.uint64).reshape(len(questions), 3)
        return cls(
            outward=parts[:, 0],
            sector=parts[:, 1],
            inward=parts[:, 2],
            street=np.array([each.street for each in questions], dtype=np.uint64),
            house=np.array([each.house for each in questions], dtype=np.uint64),
            outward_share=np.array(
                [(outwards.get(outward, 0) + 1) / (people + 10) for outward, _, _ in codes]
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesCompared:
    """Hold for each pair the level and weight of the best address, and whether it is former."""

    levels: NDArray[np.int8]
    former: Flags
    bits: Bits


def compared_places(
    asked: PlacesAsked, pairs: Numbers, features: Features, *, people: int, weights: Weights
) -> PlacesCompared:
    """Return how the best address of each pair compares; `pairs` names each pair's question."""
    if not features.outward.shape[1]:
        none = np.zeros(len(pairs))
        return PlacesCompared(levels=none.astype(np.int8), former=none > 0, bits=none)
    levels, attainable = _levels(asked, pairs, features)
    shares = np.array([1.0, *(weights.place[level] for level in PlaceLevel if level)])
    at_least = np.concatenate([[1.0], np.cumsum(shares[:0:-1])[::-1]])
    likely = np.where(levels == attainable, at_least[levels], shares[levels])
    chance = _chance(asked, pairs, people=people, weights=weights)
    rows = np.arange(len(pairs))[:, None]
    bits = np.where(levels > 0, np.log2(likely / chance[rows, levels]), -np.inf)
    bits = bits + np.where(
        features.former_address & (levels > PlaceLevel.DIFFERS), weights.former_address, 0.0
    )
    best = np.argmax(bits, axis=1)
    chosen = (np.arange(len(pairs)), best)
    known = levels[chosen] > 0
    return PlacesCompared(
        levels=levels[chosen].astype(np.int8),
        former=features.former_address[chosen] & known,
        bits=np.where(known, bits[chosen], 0.0),
    )


def _levels(
    asked: PlacesAsked, pairs: Numbers, features: Features
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the level of every address, and the highest that what is known allows."""
    outward, inward = asked.outward[pairs][:, None], asked.inward[pairs][:, None]
    sector, street = asked.sector[pairs][:, None], asked.street[pairs][:, None]
    house = asked.house[pairs][:, None]
    has_outward = (outward > 0) & (features.outward > 0)
    has_sector = has_outward & (sector > 0) & (features.sector > 0)
    has_whole = has_outward & (inward > 0) & (features.inward > 0)
    has_street = (street > 0) & (features.street > 0)
    has_house = (house > 0) & (features.house > 0) & (has_whole | has_street)
    attainable = np.select([has_house, has_whole, has_street, has_sector, has_outward], _SCALE)
    same_outward = has_outward & (outward == features.outward)
    same_sector = has_sector & same_outward & (sector == features.sector)
    same_whole = has_whole & same_outward & (inward == features.inward)
    same_street = has_street & (street == features.street)
    same_house = has_house & (house == features.house) & (same_whole | same_street)
    levels = np.select(
        [same_house, same_whole, same_street, same_sector, same_outward],
        _SCALE,
        default=PlaceLevel.DIFFERS,
    )
    apart = characters_apart(outward, features.outward, size=_OUTWARD_SIZE)
    apart += characters_apart(inward, features.inward, size=_INWARD_SIZE)
    near = has_whole & (apart == 1) & (levels < PlaceLevel.NEAR)
    levels = np.where(near, PlaceLevel.NEAR, levels)
    return np.where(attainable > 0, levels, PlaceLevel.UNKNOWN), attainable


def _chance(
    asked: PlacesAsked, pairs: Numbers, *, people: int, weights: Weights
) -> NDArray[np.float64]:
    """Return for each pair and level how likely somebody else is at the level."""
    chance = np.ones((len(pairs), len(PlaceLevel)))
    outward = asked.outward_share[pairs]
    chance[:, PlaceLevel.OUTWARD] = outward
    chance[:, PlaceLevel.SECTOR] = np.minimum(outward, weights.sharing_sector / people)
    chance[:, PlaceLevel.STREET] = weights.sharing_street / people
    chance[:, PlaceLevel.NEAR] = weights.sharing_postcode * _NEIGHBOURS / people
    chance[:, PlaceLevel.POSTCODE] = weights.sharing_postcode / people
    chance[:, PlaceLevel.HOUSE] = weights.sharing_house / people
    capped: NDArray[np.float64] = np.minimum(chance, 1.0)
    return capped
