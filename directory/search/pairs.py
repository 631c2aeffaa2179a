"""Keep which pairs of names a steward accepted as variants, beside the tokens of the index.

A pair is a token like any other: it counts in the digest, so that a process whose tokens add up
knows every pair, and one that came or went is noticed at the next look-up.
"""

from collections.abc import Set
from dataclasses import replace

from directory.search.features import Token, TokenKind
from directory.search.shelf import NO_KEYS, Change, Shelf
from directory.search.vocabulary import Counted

LONGEST_PAIR = 31
"""Letters of both names of a pair together: with the mark between them, what a token holds."""

_DIGEST_MASK = 0x7FFFFFFFFFFFFFFF


def pairs_of(shelf: Shelf) -> frozenset[str]:
    """Return the texts of the pairs that are kept."""
    return frozenset(each.token.text for each in shelf.of_kind(TokenKind.NAME_PAIR))


def paired(shelf: Shelf, wanted: Set[str]) -> Change:
    """Return the change after which the pairs `wanted` are kept and no others."""
    state = shelf.turn()
    held = pairs_of(shelf)
    added = [_token(text) for text in sorted(wanted - held)]
    gone = [_token(text).id for text in sorted(held - wanted)]
    digest = state.digest + sum(each.id for each in added) - sum(gone)
    return Change(
        state=replace(state, changes=state.changes + 1, digest=digest & _DIGEST_MASK),
        keys_added=NO_KEYS,
        keys_gone=NO_KEYS,
        tokens=[Counted(token=each, count=0) for each in added],
        tokens_gone=gone,
    )


def _token(text: str) -> Token:
    return Token(kind=TokenKind.NAME_PAIR, text=text)
