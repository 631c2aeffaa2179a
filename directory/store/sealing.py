"""Keys, ciphertext and keyed hashes."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_SHORT_BYTES = 16  # an identifier and the count before it
_WORDS_BYTES = 64
_VERSION = b"\x01"

Entropy = Callable[[int], bytes]
"""Gives that many unguessable bytes; the edge passes the operating system's."""


class Unsealable(Exception):
    """The ciphertext does not belong in this place, was changed, or its key is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The deployment's secrets, one for each use, 32 bytes each, kept outside the database."""

    chain: bytes = field(repr=False)
    sealing: bytes = field(repr=False)
    blind: bytes = field(repr=False)
    subject: bytes = field(repr=False)
    search: bytes = field(repr=False)
    session: bytes = field(repr=False)


class Sealer:
    """Seals texts to the place they are kept in, and hashes what must be found again.

    Ciphertext is AES-256-GCM: version, key id, nonce, body; table, row and column are its
    associated data, so a value moved to another row does not open. Texts are padded, to 16 bytes
    or a multiple of 64, so that their length tells little.
    """

    def __init__(self, keys: Keys, entropy: Entropy) -> None:
        """Take the deployment's keys and a source of nonces."""
        self._keys = keys
        self._entropy = entropy
        self._key_id = sha256(b"key id" + keys.sealing).digest()[:4]

    def seal(self, text: str, *, table: str, row: str, column: str) -> bytes:
        """Return `text` sealed to its place."""
        place = _place(table, row, column, self._key_id)
        padded = _padded(text, least=_SHORT_BYTES)
        return _VERSION + self._key_id + self._encrypt(self._keys.sealing, padded, place)

    def unseal(self, sealed: bytes, *, table: str, row: str, column: str) -> str:
        """Return the text, or raise Unsealable."""
        header = len(_VERSION) + len(self._key_id)
        if sealed[:header] != _VERSION + self._key_id:
            raise Unsealable("another key")
        place = _place(table, row, column, self._key_id)
        return _unpadded(_decrypt(self._keys.sealing, sealed[header:], place))

    def new_subject_key(self, subject: bytes) -> tuple[bytes, bytes]:
        """Return a fresh key for one subject's words, plain and wrapped."""
        key = self._entropy(KEY_BYTES)
        return key, self._encrypt(self._keys.sealing, key, b"seal_key" + subject)

    def unwrap_subject_key(self, wrapped: bytes, subject: bytes) -> bytes:
        """Return the plain key of `subject`, or raise Unsealable."""
        return _decrypt(self._keys.sealing, wrapped, b"seal_key" + subject)

    def seal_words(self, words: str, *, key: bytes, entry: bytes) -> bytes:
        """Return an audit entry's words sealed under its subject's key and to its reference."""
        return self._encrypt(key, _padded(words, least=_WORDS_BYTES), b"audit_entry" + entry)

    def unseal_words(self, sealed: bytes, *, key: bytes, entry: bytes) -> str:
        """Return an audit entry's words, or raise Unsealable."""
        return _unpadded(_decrypt(key, sealed, b"audit_entry" + entry))

    def subject(self, reference: bytes) -> bytes:
        """Return the keyed hash under which the audit knows `reference`."""
        return hmac.digest(self._keys.subject, reference, sha256)

    def blind(self, kind: str, value: str) -> bytes:
        """Return the keyed hash by which an identifier is found, 16 bytes."""
        return hmac.digest(self._keys.blind, _place(kind, value), sha256)[:16]

    def token_hash(self, token: str) -> bytes:
        """Return the keyed hash under which a session or link token is kept."""
        return hmac.digest(self._keys.session, token.encode(), sha256)

    def _encrypt(self, key: bytes, plain: bytes, place: bytes) -> bytes:
        nonce = self._entropy(_NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, plain, place)


def _decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
    except (InvalidTag, ValueError):
        raise Unsealable("changed, moved or under another key") from None


def _padded(text: str, *, least: int) -> bytes:
    plain = text.encode()
    counted = len(plain).to_bytes(4, "big") + plain
    return counted + bytes(-len(counted) % (least if len(counted) <= least else _WORDS_BYTES))


def _unpadded(padded: bytes) -> str:
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")].decode()


def _place(*parts: str | bytes) -> bytes:
    encoded = (part.encode() if isinstance(part, str) else part for part in parts)
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
