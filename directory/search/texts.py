"""Say how texts are found, and find them without an index: the port behind the text index."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from directory.domain.texts import Text, TextMatch, TextSought
from directory.search.text_words import near, sorted_words, typed_words, words_of

NAME_COUNTS, WITHIN_COUNTS, BODY_COUNTS = 3.0, 1.5, 1.0
"""How much a word counts that stands in the name, in what it belongs to, or in the body."""


class TextIndex(Protocol):
    """Finds what is not a person by its words; one for each process, all of them on one folder.

    An index is of one state of the texts, told by a number that grows with every change of them.
    """

    def find(self, sought: TextSought, *, sequence: int) -> tuple[TextMatch, ...] | None:
        """Return what matches, the best first; None where no sound index is of `sequence`."""
        ...

    def rebuild(self, read: Callable[[], "Shelf"]) -> bool:
        """Index what `read` gives, unless it is indexed already; False while another one does.

        It is read once nobody else may write. Until all is kept, the index before stays.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Every text that may be found, and the number of the state they are of."""

    sequence: int
    texts: tuple[Text, ...]


class NoTextIndex:
    """Stands for an index where none is kept: every answer comes straight from the texts."""

    def find(self, sought: TextSought, *, sequence: int) -> tuple[TextMatch, ...] | None:
        """Return that no index is of `sequence`."""
        del sought, sequence
        return None

    def rebuild(self, read: Callable[[], Shelf]) -> bool:
        """Return that nothing was indexed; nothing is read."""
        del read
        return False


NO_TEXT_INDEX = NoTextIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A text in words, by where they stand."""

    match: TextMatch
    counts: dict[str, float]
    length: int


def scan(texts: Iterable[Text], sought: TextSought) -> tuple[TextMatch, ...]:
    """Return what `texts` match, the best first, by reading every one of them.

    All words must match; where they match nothing together, most of them.
    """
    typed = typed_words(sought.words)
    read = [_read(each) for each in texts if each.kind in sought.kinds] if typed else []
    known = sorted_words(chain.from_iterable(each.counts for each in read))
    meant = [near(word, known) for word in typed]
    scored = [(_matching(each, meant), each) for each in read]
    most = max((matching for (matching, _), _ in scored), default=0)
    best = sorted(
        ((score, each) for (matching, score), each in scored if matching == most and matching),
        key=lambda found: (-found[0], found[1].length, found[1].match.reference),
    )
    return tuple(each.match for _, each in best[: sought.most])


def _read(text: Text) -> _Read:
    counts: dict[str, float] = {}
    parts = ((text.name,), NAME_COUNTS), (text.within, WITHIN_COUNTS), ((text.body,), BODY_COUNTS)
    for part, count in parts:
        for word in chain.from_iterable(words_of(each) for each in part):
            counts[word] = max(counts.get(word, 0.0), count)
    return _Read(
        match=TextMatch(kind=text.kind, reference=text.reference),
        counts=counts,
        length=len(text.name),
    )


def _matching(read: _Read, meant: Sequence[dict[str, float]]) -> tuple[int, float]:
    """Return how many of the typed words match, and how well."""
    scores = [
        max((weight * read.counts.get(word, 0.0) for word, weight in each.items()), default=0.0)
        for each in meant
    ]
    return sum(1 for score in scores if score), sum(scores)
