"""Passwords: encoded with Argon2id, and compared in the same time whoever they belong to."""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_NOBODYS = "the password of nobody at all"


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
