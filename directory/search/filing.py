"""Work out what filing and forgetting people changes: keys, features and counts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.search.features import Features, Packed, Token, TokenKind, pack
from directory.search.identifiers import IdentifierHash
from directory.search.keys import Keys
from directory.search.names import sounds
from directory.search.people import Searchable
from directory.search.places import outward_of
from directory.search.shelf import NO_KEYS, Change, Filed, KeyRows, Shelf
from directory.search.vocabulary import Counted

_DIGEST_MASK = 0x7FFFFFFFFFFFFFFF
_NAME_KINDS = frozenset({TokenKind.FORENAME, TokenKind.SURNAME})
_PAIR = np.dtype([("key", np.int64), ("number", np.int64)])


class _Tokens(NamedTuple):
    """Hold the tokens before the change by id, and by how many people each count changes."""

    before: Mapping[int, Counted]
    difference: Counter[Token]


class Filing:
    """Work out changes with the deployment's secret."""

    def __init__(self, keys: Keys, hashes: IdentifierHash) -> None:
        """Make keys with `keys` and hash identifiers with `hashes`."""
        self._keys = keys
        self._hashes = hashes

    def change(self, shelf: Shelf, *, put: Sequence[Searchable], forget: Sequence[bytes]) -> Change:
        """Return the change that files `put`, each as given last, and forgets `forget`."""
        state = shelf.turn()
        packed = {each.person: pack(each, self._hashes) for each in put}
        packed = {person: each for person, each in packed.items() if not each.is_empty}
        touched = list(dict.fromkeys([*(each.person for each in put), *forget]))
        known = shelf.numbers(touched)
        old = shelf.filed(np.array(sorted(known.values()), dtype=np.int64))
        new = list(_numbered(packed, known, state.next_number))
        tokens = _counts(shelf, old, packed)
        keys_old = self._key_rows(old, _texts(tokens))
        keys_new = self._key_rows(new, _texts(tokens))
        keys_added, keys_gone = _difference(keys_new, keys_old)
        kept = {each.number for each in new}
        gone = [each.number for each in old if each.number not in kept]
        counted, uncounted, digest = _counted(tokens, state.digest)
        fresh = sum(each.person not in known for each in new)
        return Change(
            state=replace(
                state,
                changes=state.changes + 1,
                digest=digest,
                people=state.people + fresh - len(gone),
                next_number=state.next_number + fresh,
            ),
            filed=new,
            gone=gone,
            keys_added=keys_added,
            keys_gone=keys_gone,
            tokens=counted,
            tokens_gone=uncounted,
        )

    def _key_rows(self, filed: Sequence[Filed], texts: Mapping[int, str]) -> KeyRows:
        """Return every key of every one of `filed`."""
        if not filed:
            return NO_KEYS
        features = Features([each.features for each in filed])
        ids, spots = np.unique(features.name_ids, return_inverse=True)
        codes = np.array(
            [sounds(texts[each])[0] if each else 0 for each in ids.tolist()], dtype=np.uint64
        )
        heard = codes[spots].reshape(features.name_ids.shape)
        rows, keys = self._keys.of(features, heard)
        numbers = np.array([each.number for each in filed], dtype=np.int64)
        return KeyRows(keys, numbers[rows])


def _numbered(
    packed: Mapping[bytes, Packed], known: Mapping[bytes, int], next_number: int
) -> Iterator[Filed]:
    """Yield what is to be filed; people not known get the next numbers in their order."""
    for person, each in packed.items():
        number = known.get(person)
        if number is None:
            number = next_number
            next_number += 1
        yield Filed(number, person, each.features)


def _counts(shelf: Shelf, old: Sequence[Filed], packed: Mapping[bytes, Packed]) -> _Tokens:
    """Return the tokens that old and new features name, and how their counts change."""
    difference: Counter[Token] = Counter()
    for each in packed.values():
        difference.update(each.tokens)
    ids = {token.id for token in difference}
    was = Features([each.features for each in old])
    former = Counter(was.name_ids[was.name_ids > 0].tolist())
    before = {each.token.id: each for each in shelf.counted(sorted(ids | set(former)))}
    for token_id, count in former.items():
        difference[before[token_id].token] -= count
    others = [token for row in range(was.size) for token in _other_tokens(was, row)]
    difference.subtract(others)
    missing = sorted({token.id for token in others} - set(before))
    before |= {each.token.id: each for each in shelf.counted(missing)}
    return _Tokens(before, difference)


def _other_tokens(features: Features, row: int) -> set[Token]:
    """Return the tokens of one person that are not names."""
    tokens = {
        Token(kind=TokenKind.OUTWARD, text=outward_of(code))
        for code in features.outward[row].tolist()
        if code
    }
    if features.birth[row]:
        year = int(features.birth[row]) // 10_000
        tokens.add(Token(kind=TokenKind.BIRTH_YEAR, text=str(year)))
    return tokens


def _texts(tokens: _Tokens) -> dict[int, str]:
    """Return the text of each name token by its id."""
    return {token.id: token.text for token in tokens.difference if token.kind in _NAME_KINDS}


def _counted(tokens: _Tokens, digest: int) -> tuple[list[Counted], list[int], int]:
    """Return the counts to stand, the ids of tokens nobody has any more, and the new digest."""
    stand: list[Counted] = []
    gone: list[int] = []
    for token, difference in sorted(tokens.difference.items(), key=lambda each: each[0].id):
        before = tokens.before.get(token.id)
        count = (before.count if before else 0) + difference
        if count > 0 and before is None:
            digest += token.id
        if count <= 0 and before is not None:
            digest -= token.id
            gone.append(token.id)
        if count > 0 and difference:
            stand.append(Counted(token=token, count=count))
    return stand, gone, digest & _DIGEST_MASK


def _difference(new: KeyRows, old: KeyRows) -> tuple[KeyRows, KeyRows]:
    """Return the keys to add and the keys to take away."""
    if not len(old.keys):
        return new, old
    ahead, behind = _pairs(new), _pairs(old)
    added, gone = np.setdiff1d(ahead, behind), np.setdiff1d(behind, ahead)
    return KeyRows(added["key"], added["number"]), KeyRows(gone["key"], gone["number"])


def _pairs(rows: KeyRows) -> NDArray[np.void]:
    pairs = np.empty(len(rows.keys), dtype=_PAIR)
    pairs["key"], pairs["number"] = rows.keys, rows.numbers
    return pairs
