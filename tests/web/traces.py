"""Find facts in what an application gave away, however they were written down."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, unquote_plus

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{7,}={0,2}")
_MIXED = re.compile(r"[a-z].*[A-Z]|[A-Z].*[A-Z]|[0-9].*[A-Za-z]")
_TAG = re.compile(r"<[^>]*>")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){6,}")
_PARTING = re.compile(r"[^0-9a-z@]+")
_OPAQUE = re.compile(r"[A-Za-z0-9_-]{40,}")
_SHORT = 5


@dataclass(frozen=True, slots=True)
class Canary:
    """A fact that nothing else in the world looks like, with every way of writing it."""

    fact: str
    spellings: tuple[str, ...]


def traces(text: str, canaries: Iterable[Canary]) -> frozenset[str]:
    """Return the facts of `canaries` that `text` tells, plain, escaped, in base64 or in hex.

    Three letters stand in many a random token by chance: they are sought beside those, and plain.
    """
    plain = f" {' '.join(_plain(each) for each in _readings(_OPAQUE.sub(' ', text)))} "
    every = (*_readings(text), *_decodings(text))
    words = f"{plain} {' '.join(map(_plain, every))} "
    return frozenset(
        each.fact
        for each in canaries
        if any(
            needle in (plain if needle.startswith(" ") else words)
            for needle in map(_needle, each.spellings)
        )
    )


def _plain(text: str) -> str:
    return _PARTING.sub(" ", text.lower())


def _needle(spelling: str) -> str:
    plain = _plain(spelling).strip()
    return f" {plain} " if len(plain) < _SHORT else plain


def _readings(text: str) -> Iterator[str]:
    """Yield the text as it stands, and without what escapes it."""
    yield from {text, unescape(text), unquote_plus(text), unescape(unquote_plus(text))}
    yield _TAG.sub(" ", unescape(text))


def _decodings(text: str) -> Iterator[str]:
    """Yield what base64 and hex inside the text read as."""
    for match in _HEX.finditer(text):
        yield _read(bytes.fromhex(match[0]))
    for match in _BASE64.finditer(unquote(text)):
        yield from _from_base64(match[0].rstrip("="))


def _from_base64(found: str) -> Iterator[str]:
    """Yield what `found` reads as, wherever in it the encoding began."""
    if not _MIXED.search(found):
        return
    standard = found.replace("-", "+").replace("_", "/")
    for start in range(4):
        part = standard[start:]
        part = part[:-1] if len(part) % 4 == 1 else part
        yield _read(base64.b64decode(part + "=" * (-len(part) % 4)))


def _read(raw: bytes) -> str:
    return raw.decode("utf-8", "ignore")
