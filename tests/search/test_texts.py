"""Texts are found by misspelt and half-typed words, the same with an index as without one."""

import time
from collections.abc import Callable, Iterable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.texts import Text, TextKind, TextMatch, TextSought
from directory.search.text_words import (
    MOST_NEAR,
    MOST_TYPED_WORDS,
    near,
    sorted_words,
    typed_words,
    words_of,
)
from directory.search.texts import scan
from directory.search.whoosh_texts import OpenedTexts, written
from tests.search.invented_texts import (
    ACADEMY,
    ANSWERS,
    COUNCIL,
    HILLSIDE,
    OFFICER,
    POLICE,
    SCHOOL,
    TENANCY,
    many,
    sought,
)

Finder = Callable[[TextSought], tuple[TextMatch, ...]]
WORST_SECONDS = 2.0  # of the processor, coverage measured: what blows up takes a minute


def indexed(texts: Iterable[Text]) -> Finder:
    return OpenedTexts(written(texts)).find


def read_through(texts: Iterable[Text]) -> Finder:
    kept = tuple(texts)
    return lambda asked: scan(kept, asked)


WAYS = pytest.mark.parametrize("way", [indexed, read_through])
INDEXED, READ = indexed(COUNCIL), read_through(COUNCIL)


@cache
def large(way: Callable[[Iterable[Text]], Finder]) -> Finder:
    """Find among ten thousand texts."""
    return way(many(10_000))


def found(find: Finder, words: str, *kinds: TextKind) -> list[Text]:
    by_match = {TextMatch(kind=each.kind, reference=each.reference): each for each in COUNCIL}
    return [by_match[each] for each in find(sought(words, *kinds))]


@WAYS
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Hillside Homes", HILLSIDE),
        ("hilside", HILLSIDE),
        ("hillsied hmoes", HILLSIDE),
        ("hills", HILLSIDE),
        ("hilsid", HILLSIDE),
        ("\uff28\uff29\uff2c\uff2cSIDE", HILLSIDE),
        ("Híllsïde", HILLSIDE),
        ("st marys", SCHOOL),
        ("St. Mary's primary school", SCHOOL),
        ("the academy of Marybrook", ACADEMY),
        ("northshire polcie", POLICE),
        ("tenancy east", TENANCY),
        ("housing officer hillside", OFFICER),
        ("none found", ANSWERS),
    ],
)
def test_what_was_meant_comes_first(
    way: Callable[[Iterable[Text]], Finder], words: str, first: Text
) -> None:
    assert found(way(COUNCIL), words)[0] == first


@WAYS
def test_only_the_kinds_that_are_asked_for_are_found(
    way: Callable[[Iterable[Text]], Finder],
) -> None:
    assert found(way(COUNCIL), "hillside", TextKind.TEAM) == [TENANCY]


@WAYS
def test_where_no_text_has_all_the_words_those_with_most_are_found(
    way: Callable[[Iterable[Text]], Finder],
) -> None:
    assert found(way(COUNCIL), "hillside homes limited", TextKind.ORGANISATION) == [HILLSIDE]


@WAYS
@pytest.mark.parametrize("words", ["", "  ", "*", "?" * 300, "\0", "😀", "kind:team", "zzzzz"])
def test_what_says_nothing_finds_nothing_or_only_by_its_words(
    way: Callable[[Iterable[Text]], Finder], words: str
) -> None:
    assert found(way(COUNCIL), words) in ([], [TENANCY], [TENANCY, OFFICER])


@WAYS
def test_no_more_is_found_than_asked_for(way: Callable[[Iterable[Text]], Finder]) -> None:
    asked = TextSought(words="homes", kinds=frozenset(TextKind), most=3)

    assert len(way(many(100))(asked)) == 3


@given(st.text(max_size=60) | st.sampled_from([each.name for each in COUNCIL]))
def test_what_is_found_without_an_index_is_found_with_it(words: str) -> None:
    asked = TextSought(words=words, kinds=frozenset(TextKind), most=100)

    assert set(READ(asked)) <= set(INDEXED(asked))


@given(st.text("abdehilmnostuy", min_size=1, max_size=9))
def test_one_word_finds_the_same_with_an_index_as_without(word: str) -> None:
    asked = TextSought(words=word, kinds=frozenset(TextKind), most=100)

    assert set(INDEXED(asked)) == set(READ(asked))


@given(st.text())
def test_a_typed_text_is_a_few_plain_words(words: str) -> None:
    typed = typed_words(words)

    assert len(typed) <= MOST_TYPED_WORDS
    assert all(word.isascii() and word.isalnum() and len(word) <= 32 for word in typed)


@given(st.text("abcdehilmos", min_size=1, max_size=12))
def test_a_word_is_taken_for_few_others(word: str) -> None:
    known = sorted_words(part for text in many(2_000) for part in words_of(text.name))

    meant = near(word, known)

    assert len(meant) <= MOST_NEAR
    assert set(meant) <= set(known)


def test_a_number_is_never_taken_for_another() -> None:
    assert near("1234567", sorted_words(["1234568", "12345678"])) == {"12345678": 0.8}


@WAYS
@pytest.mark.parametrize(
    "words",
    [
        "*" * 10_000,
        "*a*" * 3_000,
        "?????",
        "foo~3 OR [a TO z]",
        "(" * 6_000,
        "\0" * 10_000,
        "\u202eemoh\u202c " * 1_000,
        "😀" * 10_000,
        "e\u0301" * 10_000,
        "\ufdfa" * 10_000,
        "ha " * 5_000,
        "homes team school surgery centre primary family housing " * 1_000,
        "a b c d e f g h",
    ],
    ids=lambda words: repr(words[:8]),
)
def test_the_worst_that_can_be_typed_is_answered_at_once(
    way: Callable[[Iterable[Text]], Finder], words: str
) -> None:
    find, spent = large(way), []
    for _ in range(3):
        start = time.process_time()
        find(sought(words))
        spent.append(time.process_time() - start)

    assert min(spent) < WORST_SECONDS
