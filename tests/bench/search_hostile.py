"""Write five hundred questions that are meant to be slow, huge or meaningless."""

import random
from collections.abc import Iterator, Mapping, Sequence

from tests.bench.search_names import ENGLISH_BOYS, ENGLISH_SURNAMES
from tests.bench.search_population import Invented

COUNT = 500
_LONG = 10_000
_COMBINING = "\u0301\u0323\u0308"
_RIGHT_TO_LEFT = "محمد"
_EMOJI = "👩‍👧‍👦"


def hostile(people: Sequence[Invented], draw: random.Random) -> list[Mapping[str, object]]:
    """Return the questions; nobody is meant by any of them."""
    kinds = list(hostile_names(draw))
    found: list[Mapping[str, object]] = []
    for number in range(COUNT):
        kind, forename, surname = kinds[number % len(kinds)]
        query: dict[str, object] = {"forename": forename, "surname": surname}
        person = draw.choice(people)
        turn = number // len(kinds)
        if turn % 2:
            query["age"] = draw.randrange(90)
        if turn % 3 == 1:
            query["postcode"] = person.home.postcode[:-3]
        if turn % 4 == 3:
            query |= {"street": person.home.street, "house": "1"}
        if turn % 5 == 4:
            query["dob"] = f"{person.birth.year}-01-01"
        found.append({"query": query, "truth": None, "kind": kind, "shape": "hostile"})
    return found


def hostile_names(draw: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield the kinds of hostile names: what it is, the forename, the surname."""
    yield "empty", "", ""
    yield "one letter", "a", "s"
    yield "letters apart", "a b c d e f g h", "s t u v w x y z"
    yield "wildcards", "*%_?*", "%*"
    yield "letter and wildcard", "a*", "s%"
    yield "ten thousand letters", "a" * _LONG, "Smith"
    yield "ten thousand different", "".join(draw.choices("abcdefghij", k=_LONG)), "Smith"
    yield "five thousand words", " ".join(["Ann"] * (_LONG // 2)), "Smith"
    yield "commonest", ENGLISH_BOYS[0], ENGLISH_SURNAMES[0]
    yield "common surname alone", "", ENGLISH_SURNAMES[1]
    yield "common forename alone", ENGLISH_BOYS[1], ""
    yield "right to left", _RIGHT_TO_LEFT, _RIGHT_TO_LEFT
    yield "emoji", _EMOJI, _EMOJI
    yield "nul", "Ann\0", "Sm\0ith"
    yield "combining marks", "A" + _COMBINING * 500, "S" + _COMBINING * 500 + "mith"
    yield "quotes", "'; DROP TABLE--", '"Robert"'
    yield "ten common words", " ".join(ENGLISH_BOYS[:10]), " ".join(ENGLISH_SURNAMES[:10])
    yield "hyphens", "-".join(["Lee"] * 200), "-".join(["Lee"] * 200)
    yield "short", "Jo", "Li"
    yield "digits", "1234567890", "0987654321"
