"""Names as written become plain words, and words become what they sound like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.aliases import variants
from directory.search.names import MOST_WORDS, folded, sound_alike, sounds, words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Siân", ("sian",)),
        ("Łukasz", ("lukasz",)),
        ("Nguyễn", ("nguyen",)),
        ("Zoe\u0301", ("zoe",)),
        ("Smith-Jones", ("smith", "jones")),
        ("O'Brien", ("obrien",)),
        ("O’Brien", ("obrien",)),
        ("O Brien", ("obrien",)),
        ("Mc Donald", ("mcdonald",)),
        ("Al-Hassan", ("hassan",)),
        ("van der Berg", ("berg",)),
        ("Mr Khan", ("khan",)),
        ("de", ("de",)),
        ("o", ("o",)),
        ("Ann Ann", ("ann",)),
        ("محمد", ("mhmd",)),
        ("\u202eEwan", ("ewan",)),
        ("😀", ()),
        ("Ewan😀Blake", ("ewan", "blake")),
        ("*", ()),
        ("\x00", ()),
        ("7", ()),
    ],
)
def test_a_name_is_read_as_plain_words(written: str, read: tuple[str, ...]) -> None:
    assert words(written) == read


@given(st.text(max_size=300))
def test_any_text_folds_to_plain_letters_and_spaces(text: str) -> None:
    assert set(folded(text)) <= set("abcdefghijklmnopqrstuvwxyz ")


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_no_more_than_six_words_are_read() -> None:
    assert len(words("Ann Bea Cat Dee Eve Fay Gia Hal")) == MOST_WORDS


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=32))
def test_every_word_sounds_like_something(word: str) -> None:
    assert all(0 < code < 2**64 for code in sounds(word))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sean", "shaun"),
        ("siobhan", "shivaun"),
        ("niamh", "neve"),
        ("mohammed", "muhammad"),
        ("elizabeth", "beth"),
        ("lukasz", "luke"),
        ("oluwaseun", "seun"),
    ],
)
def test_names_of_one_person_are_variants_of_each_other(one: str, other: str) -> None:
    assert other in variants()[one]
    assert one in variants()[other]


def test_no_name_is_a_variant_of_itself() -> None:
    assert not any(name in others for name, others in variants().items())


def test_every_variant_is_written_as_names_are_folded() -> None:
    assert [name for name in variants() if folded(name) != name] == []


@pytest.mark.parametrize(
    ("one", "other"), [("chowdhury", "choudhry"), ("smith", "smyth"), ("brown", "browne")]
)
def test_two_spellings_of_a_name_sound_alike(one: str, other: str) -> None:
    assert sound_alike(one, other)
    assert sound_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lee", "low"),
        ("johnson", "johnstone"),
        ("martin", "marvin"),
        ("brown", "green"),
        ("begum", "khan"),
    ],
)
def test_names_that_share_only_a_sound_or_only_letters_do_not_sound_alike(
    one: str, other: str
) -> None:
    assert not sound_alike(one, other)
    assert not sound_alike(other, one)
