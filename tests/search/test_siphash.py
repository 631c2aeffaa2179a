"""The keyed hash is SipHash-2-4, as its authors publish it."""

import numpy as np
import pytest

from directory.search.siphash import SipHash

KEY = bytes(range(16))
# From the reference implementation's vectors_sip64: the messages 00 01 02 … of 8 and 16 bytes.
VECTORS = {1: "6224939a79f5f593", 2: "db9bc2577fcc2a3f"}


@pytest.mark.parametrize(("words", "expected"), VECTORS.items())
def test_the_authors_vectors_are_met(words: int, expected: str) -> None:
    message = np.frombuffer(bytes(range(8 * words)), dtype="<u8")

    hashed = SipHash(KEY)(*(message[place : place + 1] for place in range(words)))

    assert hashed.astype("<u8").tobytes().hex() == expected


def test_rows_are_hashed_as_they_are_one_by_one() -> None:
    hashing = SipHash.of_secret(b"a secret of the tests", purpose=b"rows")
    rows = np.arange(50, dtype=np.uint64)

    together = hashing(rows, rows + np.uint64(1))

    assert together.tolist() == [
        int(hashing(rows[each : each + 1], rows[each : each + 1] + np.uint64(1))[0])
        for each in range(50)
    ]


def test_another_purpose_hashes_differently() -> None:
    row = np.ones(1, dtype=np.uint64)

    one, other = (SipHash.of_secret(b"secret", purpose=purpose) for purpose in (b"one", b"other"))

    assert one(row)[0] != other(row)[0]
