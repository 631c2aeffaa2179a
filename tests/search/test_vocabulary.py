"""A typed word stands for the names near it, the nearest best."""

import pytest

from directory.search.features import Token, TokenKind
from directory.search.vocabulary import Counted, Level, Vocabulary

NAMES = (
    "sean",
    "shaun",
    "siobhan",
    "elizabeth",
    "beth",
    "mohammed",
    "muhammad",
    "loewenstein",
    "christopher",
    "smith",
    "smyth",
    "jones",
    "ellie",
    "mae",
    "hassan",
    "e",
    "zoe",
    "nowakowski",
)


def counted(text: str, kind: TokenKind = TokenKind.FORENAME, count: int = 3) -> Counted:
    return Counted(token=Token(kind=kind, text=text), count=count)


def levels(vocabulary: Vocabulary, word: str) -> dict[str, Level]:
    found = vocabulary.matches(word)
    pairs = zip(found.places.tolist(), found.levels.tolist(), strict=True)
    return {vocabulary.texts[place]: Level(level) for place, level in pairs}


@pytest.mark.parametrize(
    ("word", "name", "level"),
    [
        ("sean", "sean", Level.EXACT),
        ("sean", "shaun", Level.VARIANT),
        ("liz", "elizabeth", Level.VARIANT),
        ("mohamad", "muhammad", Level.VARIANT),
        ("smeth", "smith", Level.EDIT),
        ("chrsitopher", "christopher", Level.EDIT),
        ("kristofer", "christopher", Level.SOUND),
        ("lowensteen", "loewenstein", Level.VARIANT),
        ("christoffr", "christopher", Level.SOUND),
        ("christophus", "christopher", Level.NEAR),
        ("elliemae", "ellie", Level.NEAR),
        ("elliemae", "mae", Level.NEAR),
        ("alhassan", "hassan", Level.EDIT),
        ("moh", "mohammed", Level.FAR),
        ("e", "elizabeth", Level.INITIAL),
        ("e", "e", Level.EXACT),
        ("edward", "e", Level.INITIAL),
    ],
)
def test_a_word_stands_for_a_name_at_a_level(word: str, name: str, level: Level) -> None:
    vocabulary = Vocabulary(map(counted, NAMES))

    assert levels(vocabulary, word).get(name) == level


def test_a_word_unlike_all_names_stands_for_none() -> None:
    assert levels(Vocabulary(map(counted, NAMES)), "qqqqqq") == {}


def test_an_empty_vocabulary_knows_no_names() -> None:
    vocabulary = Vocabulary()

    assert (levels(vocabulary, "sean"), vocabulary.digest) == ({}, 0)


def test_names_that_come_later_are_found_by_words_met_before() -> None:
    vocabulary, whole = Vocabulary(map(counted, NAMES[:9])), Vocabulary(map(counted, NAMES))
    words = ("sean", "liz", "smeth", "elliemae", "e", "zoe")
    for word in words:
        vocabulary.matches(word)

    vocabulary.add([counted(name) for name in NAMES[9:]])

    assert {word: levels(vocabulary, word) for word in words} == {
        word: levels(whole, word) for word in words
    }


def test_no_more_words_are_kept_than_allowed() -> None:
    vocabulary = Vocabulary(map(counted, NAMES), most_cached=2)

    for word in ("sean", "liz", "smeth"):
        vocabulary.matches(word)

    assert list(vocabulary._cached) == ["liz", "smeth"]


def test_a_name_is_counted_apart_as_forename_and_as_surname() -> None:
    vocabulary = Vocabulary(
        [counted("jones"), counted("jones", TokenKind.SURNAME, 40), counted("jonas")]
    )

    assert vocabulary.counts.tolist() == [[3, 40], [3, 0]]
    assert vocabulary.people_sounding(int(vocabulary.codes[0, 0])) == 40


def test_names_counted_anew_are_as_in_a_vocabulary_made_anew() -> None:
    before = Vocabulary([counted("sean"), counted("smith", TokenKind.SURNAME)])
    levels(before, "shaun")
    now = [
        counted("sean", count=7),
        counted("shaun", count=2),
        counted("smith", TokenKind.SURNAME, count=9),
        counted("2015", TokenKind.BIRTH_YEAR, count=4),
    ]

    anew, made = before.recounted(now), Vocabulary(now)

    assert anew is not None
    assert (anew.digest, anew.years, anew.sounding) == (made.digest, made.years, made.sounding)
    assert dict(zip(anew.texts, anew.counts.tolist(), strict=True)) == dict(
        zip(made.texts, made.counts.tolist(), strict=True)
    )
    assert levels(anew, "shaun") == levels(made, "shaun")
    assert before.counts.sum() == 6
    assert before.texts == ["sean", "smith"]


def test_names_are_counted_anew_though_a_pair_of_them_ended() -> None:
    pair = counted("sean~xystus", TokenKind.NAME_PAIR, 0)
    before = Vocabulary([counted("sean"), counted("xystus"), pair])
    now = [counted("sean", count=7), counted("xystus")]

    anew = before.recounted(now)

    assert levels(before, "sean")["xystus"] is Level.VARIANT
    assert anew is not None
    assert (anew.digest, levels(anew, "sean")) == (Vocabulary(now).digest, {"sean": Level.EXACT})


def test_pairs_are_replaced_by_those_there_are() -> None:
    pairs = [counted(text, TokenKind.NAME_PAIR, 0) for text in ("ann~xystus", "sean~xystus")]
    names = [counted("ann"), counted("sean"), counted("xystus")]
    vocabulary = Vocabulary([*names, pairs[0]])
    levels(vocabulary, "xystus")

    vocabulary.pair(pairs[1:])

    assert vocabulary.digest == Vocabulary([*names, pairs[1]]).digest
    assert levels(vocabulary, "xystus") == {"sean": Level.VARIANT, "xystus": Level.EXACT}


def test_a_vocabulary_that_lost_a_name_is_not_counted_anew() -> None:
    before = Vocabulary([counted("sean"), counted("shaun")])

    assert before.recounted([counted("sean")]) is None
