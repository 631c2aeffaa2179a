"""Write weights with where they come from, and read nothing that does not fit."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from directory.search.weights import Weights
from directory.search.weights_file import (
    MalformedWeights,
    Measured,
    Provenance,
    Trained,
    read,
    written,
)

FIGURES = Measured(
    recall_at_1=0.9,
    recall_at_5=0.95,
    mean_reciprocal_rank=0.92,
    surprise_bits=0.2,
    strong_wrong=0.0,
    absent_strong=0.004,
)
TRAINED = Trained(
    weights=replace(Weights(), spread=0.9, absence=0.4),
    provenance=Provenance(
        made="2026-11-22T12:00:00+00:00",
        product="0.1.0",
        people_sha256="a" * 64,
        queries_sha256="b" * 64,
        people=20_000,
        fitted=1_000,
        held_out=1_000,
        seed=1,
        before=FIGURES,
        after=FIGURES,
    ),
)
Part = dict[str, object]


def changed(*path: str, change: Callable[[Part], object]) -> str:
    """Return the file of TRAINED with one part of it changed."""
    whole = json.loads(written(TRAINED))
    part = whole
    for name in path:
        part = part[name]
    change(part)
    return json.dumps(whole)


def test_weights_are_read_as_they_were_written() -> None:
    assert read(written(TRAINED)) == TRAINED


def test_every_weight_that_ships_can_be_written() -> None:
    shipped = replace(TRAINED, weights=Weights())

    assert read(written(shipped)).weights == Weights()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "another"}', "[" * 99_999])
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises(MalformedWeights):
        read(text)


@pytest.mark.parametrize(
    ("path", "change", "words"),
    [
        (("weights",), lambda part: part.pop("spread"), "does not fit this release"),
        (("weights",), lambda part: part.update(mood=1.0), "does not fit this release"),
        (("weights", "birth"), lambda part: part.pop("same"), "does not fit this release"),
        (("weights", "birth"), lambda part: part.update(same=0.0), "birth, same is not a share"),
        (("weights", "place"), lambda part: part.update(house=1.5), "place, house is not a share"),
        (("weights",), lambda part: part.update(spread=0), "spread is not above 0"),
        (("weights",), lambda part: part.update(absence=-1.0), "absence is not above 0"),
        (("weights",), lambda part: part.update(swapped="low"), "swapped is not a number"),
        (("weights",), lambda part: part.update(swapped=True), "swapped is not a number"),
        (("weights",), lambda part: part.update(swapped=float("nan")), "swapped is not a number"),
        (("weights",), lambda part: part.update(forename=[]), "has no forename"),
        (("provenance",), lambda part: part.pop("seed"), "seed is missing"),
        (("provenance",), lambda part: part.update(made=7), "made is missing"),
        (("provenance", "after"), lambda part: part.pop("recall_at_1"), "recall_at_1"),
        ((), lambda part: part.pop("provenance"), "has no provenance"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    path: tuple[str, ...], change: Callable[[Part], object], words: str
) -> None:
    with pytest.raises(MalformedWeights, match=words):
        read(changed(*path, change=change))
