"""Find texts in the index that is kept in a folder, as long as it is of their present state."""

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field
from hashlib import sha256
from pathlib import Path
from pkgutil import resolve_name
from typing import Protocol

from directory.domain.texts import Text, TextMatch, TextSought
from directory.search.text_file import Manifest, TextFile
from directory.search.texts import Shelf


class Opened(Protocol):
    """An index that was opened; it does not change."""

    def find(self, sought: TextSought) -> tuple[TextMatch, ...]:
        """Return what matches, the best first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Means:
    """How an index is made and opened."""

    written: Callable[[Iterable[Text]], dict[str, bytes]]
    opened: Callable[[Mapping[str, bytes]], Opened]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """An opened index, and the state it is of."""

    manifest: Manifest
    opened: Opened


def _whoosh() -> _Means:
    """Return how Whoosh does it: it comes only when needed, since it takes long to import."""
    return _Means(
        written=resolve_name("directory.search.whoosh_texts:written"),
        opened=resolve_name("directory.search.whoosh_texts:OpenedTexts"),
    )


def release_of(texts: Iterable[Text]) -> bytes:
    """Return what tells `texts`, which come with a release, from those of another."""
    return sha256("\n".join(repr(astuple(each)) for each in texts).encode()).digest()


@dataclass(slots=True, kw_only=True)
class KeptTexts:
    """The text index in `folder`, shared by all processes of one instance.

    `release` tells the texts that come with this release from another's. The index that was read
    last is held in memory (about 1 MB for 10,000 texts) and answers while it is of the state asked
    for; a file that is of another, damaged or somebody else's is never opened.
    """

    folder: Path
    key: bytes = field(repr=False)
    release: bytes
    _held: _Held | None = None

    def find(self, sought: TextSought, *, sequence: int) -> tuple[TextMatch, ...] | None:
        """Return what matches, the best first; None where no sound index is of `sequence`."""
        held = self._of(self._wanted(sequence))
        return None if held is None else held.opened.find(sought)

    def rebuild(self, read: Callable[[], Shelf]) -> bool:
        """Index what `read` gives; False while another one does.

        Nothing is written where the kept index is whole and of that state. What cannot be written
        raises OSError, and the index before stays.
        """
        with self._file.held() as is_ours:
            if not is_ours:
                return False
            shelf = read()
            manifest = self._wanted(shelf.sequence)
            kept = self._file.read()
            if kept is None or kept[0] != manifest:
                self._file.write(manifest, _whoosh().written(shelf.texts))
            return True

    @property
    def _file(self) -> TextFile:
        return TextFile(folder=self.folder, key=hmac.digest(self.key, b"index of texts", sha256))

    def _wanted(self, sequence: int) -> Manifest:
        return Manifest(sequence=sequence, release=self.release)

    def _of(self, wanted: Manifest) -> _Held | None:
        held = self._held
        if held is not None and held.manifest == wanted:
            return held
        if self._file.manifest() != wanted:
            return None
        found = self._file.read()
        if found is None or found[0] != wanted:
            return None
        self._held = _Held(manifest=wanted, opened=_whoosh().opened(found[1]))
        return self._held
