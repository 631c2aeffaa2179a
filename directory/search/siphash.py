"""Hash rows of 64-bit words with a secret key, many rows at a time."""

import hashlib
from typing import Self

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]


class SipHash:
    """Compute SipHash-2-4 of rows of equal length, vectorised over the rows.

    Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012).
    """

    def __init__(self, key: bytes) -> None:
        """Keep the 16-byte `key`."""
        low, high = np.frombuffer(key, dtype="<u8", count=2)
        self._start = (
            low ^ np.uint64(0x736F6D6570736575),
            high ^ np.uint64(0x646F72616E646F6D),
            low ^ np.uint64(0x6C7967656E657261),
            high ^ np.uint64(0x7465646279746573),
        )

    @classmethod
    def of_secret(cls, secret: bytes, *, purpose: bytes) -> Self:
        """Return a hash whose key is drawn from `secret` for one `purpose` of at most 16 bytes."""
        return cls(hashlib.blake2b(key=secret[:64], person=purpose, digest_size=16).digest())

    def __call__(self, *columns: Words) -> Words:
        """Return the hash of each row; a row's words stand at one place of every column."""
        shape = np.broadcast_shapes(*(column.shape for column in columns))
        state = [np.full(shape, part, dtype=np.uint64) for part in self._start]
        length = np.array((len(columns) * 8) << 56, dtype=np.uint64)
        for column in (*columns, length):
            state[3] ^= column
            _round(state)
            _round(state)
            state[0] ^= column
        state[2] ^= np.uint64(0xFF)
        for _ in range(4):
            _round(state)
        mixed: Words = state[0] ^ state[1] ^ state[2] ^ state[3]
        return mixed


def _round(state: list[Words]) -> None:
    """Mix the four words of the state once, in place."""
    a, b, c, d = state
    a += b
    c += d
    b[...] = _turned(b, 13)
    d[...] = _turned(d, 16)
    b ^= a
    d ^= c
    a[...] = _turned(a, 32)
    c += b
    a += d
    b[...] = _turned(b, 17)
    d[...] = _turned(d, 21)
    b ^= c
    d ^= a
    c[...] = _turned(c, 32)


def _turned(value: Words, bits: int) -> Words:
    """Return `value` rotated left by `bits`."""
    turned: Words = (value << np.uint64(bits)) | (value >> np.uint64(64 - bits))
    return turned
