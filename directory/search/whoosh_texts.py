"""Index texts with Whoosh, in memory only: the one module that meets it.

Whoosh unpickles what it opens, keeps nothing safe on a disk, and its query language can be made to
take minutes. So it is handed bytes that were proved ours, gives bytes back, and is asked in terms.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, repeat
from threading import Lock

from typing_extensions import override
from whoosh import fields, query, scoring
from whoosh.filedb.filestore import RamStorage

from directory.domain.texts import Text, TextKind, TextMatch, TextSought
from directory.search.text_words import near, sorted_words, typed_words, words_of
from directory.search.texts import BODY_COUNTS, NAME_COUNTS, WITHIN_COUNTS

_WORDS = "words"
_OFTEN = 2  # how often a word is written for each unit it counts


class _Memory(RamStorage):  # type: ignore[misc]  # whoosh has no types
    """Keeps what Whoosh would put aside in the machine's open temporary folder in memory too."""

    @override
    def temp_storage(self, name: str | None = None) -> "_Memory":
        """Return a place for what is put aside."""
        del name
        return _Memory()


class _Any(query.Or):  # type: ignore[misc]  # whoosh has no types
    """Matches what any part matches, summed up in one array: a tree of pairs takes far longer."""

    matcher_type = query.Or.ARRAY_MATCHER


def written(texts: Iterable[Text]) -> dict[str, bytes]:
    """Return the files of an index of `texts`, by their names."""
    memory = _Memory()
    schema = fields.Schema(
        kind=fields.ID(stored=True),
        reference=fields.STORED,
        **{_WORDS: fields.KEYWORD(scorable=True)},
    )
    writer = memory.create_index(schema).writer()
    for each in sorted(texts, key=lambda text: (text.name, text.kind, text.reference)):
        writer.add_document(
            kind=each.kind.value, reference=each.reference, **{_WORDS: " ".join(_counted(each))}
        )
    writer.commit()
    return {name: bytes(content) for name, content in memory.files.items()}


def _counted(text: Text) -> Iterator[str]:
    """Yield the words of `text`, each as often as its place counts."""
    places = ((text.name,), NAME_COUNTS), (text.within, WITHIN_COUNTS), ((text.body,), BODY_COUNTS)
    for parts, counts in places:
        for word in chain.from_iterable(words_of(part) for part in parts):
            yield from repeat(word, int(_OFTEN * counts))


class OpenedTexts:
    """An index that was opened; it does not change."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Open `files`, which must be proved to be ours: opening runs what they say."""
        memory = _Memory()
        memory.files = dict(files)
        self._searcher = memory.open_index().searcher(weighting=scoring.BM25F())
        self._turn = Lock()  # its readers share their place in a file
        lexicon = self._searcher.reader().lexicon(_WORDS)
        self._known = sorted_words(str(word, "utf-8") for word in lexicon)
        self._of_kind: dict[TextKind, set[int]] = {
            each: set(self._searcher.docs_for_query(query.Term("kind", each.value)))
            for each in TextKind
        }

    def find(self, sought: TextSought) -> tuple[TextMatch, ...]:
        """Return what matches, the best first: all words, or else most of them."""
        meant = [near(word, self._known) for word in typed_words(sought.words)]
        asked = [_asked(each) for each in meant if each]
        found: tuple[TextMatch, ...] = ()
        if asked and len(asked) == len(meant):
            found = self._found(query.And(asked), sought)
        if asked and not found:
            found = self._found(_Any(asked), sought)
        return found

    def _found(self, asked: query.Query, sought: TextSought) -> tuple[TextMatch, ...]:
        kinds = set().union(*(self._of_kind[each] for each in sought.kinds))
        with self._turn:
            hits = self._searcher.search(asked, filter=kinds, limit=sought.most)
            return tuple(
                TextMatch(kind=TextKind(hit["kind"]), reference=hit["reference"]) for hit in hits
            )


def _asked(meant: Mapping[str, float]) -> query.Query:
    return _Any([query.Term(_WORDS, word, boost=weight) for word, weight in meant.items()])
