"""Keep one index of texts in one sealed file: whole, proved ours, or not there."""

import fcntl
import hmac
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_FORM = b"directory texts 1\n"  # another form of the files is another word here
_COUNT = 8
_MAC = sha256().digest_size
_LARGEST = 256 * 2**20  # an index of a council is a hundredth of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Which state of the texts an index is of: their number, and what was added by this release."""

    sequence: int
    release: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """The place of one index; `key` proves that its file was made here, byte by byte.

    The file is a manifest, a keyed hash of manifest and contents, and the contents. A new one is
    written beside it and takes its place in one step, so a reader meets the old one or the new.
    """

    folder: Path
    key: bytes

    def manifest(self) -> Manifest | None:
        """Return which state the file says to be of, None where there is none; proves nothing."""
        try:
            with self._path.open("rb") as file:
                return _manifest(file)
        except OSError:
            return None

    def read(self) -> tuple[Manifest, dict[str, bytes]] | None:
        """Return the whole index, None where there is none or a byte of it is not as we wrote it.

        It is read once, and what was read is what was proved.
        """
        try:
            with self._path.open("rb") as file:
                manifest = _manifest(file)
                mac, body = file.read(_MAC), file.read(_LARGEST)
        except OSError:
            return None
        if manifest is None or not hmac.compare_digest(mac, self._mac(manifest, body)):
            return None
        return manifest, dict(_unpacked(body))

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Yield whether nobody else holds the place; while True, nobody else can write.

        The hold ends with the process, however that ends.
        """
        self.folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        self.folder.chmod(_FOLDER_MODE)
        handle = os.open(self.folder / "writing", os.O_RDWR | os.O_CREAT, _FILE_MODE)
        try:
            yield _locked(handle)
        finally:
            os.close(handle)

    def write(self, manifest: Manifest, files: Mapping[str, bytes]) -> None:
        """Put a new index in the old one's place; to be done while it is held."""
        body = b"".join(_packed(files))
        head = _head(manifest)
        new = self.folder / "texts.new"
        new.unlink(missing_ok=True)  # of a writer that was stopped
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(head + self._mac(manifest, body) + body)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)
        _keep_names(self.folder)

    @property
    def _path(self) -> Path:
        return self.folder / "texts"

    def _mac(self, manifest: Manifest, body: bytes) -> bytes:
        return hmac.digest(self.key, _head(manifest) + body, sha256)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _keep_names(folder: Path) -> None:
    """Make sure that a loss of power does not bring the old file back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _head(manifest: Manifest) -> bytes:
    return _FORM + manifest.sequence.to_bytes(_COUNT, "big") + manifest.release


def _manifest(file: BinaryIO) -> Manifest | None:
    head = file.read(len(_FORM) + _COUNT + _MAC)
    if len(head) != len(_FORM) + _COUNT + _MAC or not head.startswith(_FORM):
        return None
    sequence = int.from_bytes(head[len(_FORM) : -_MAC], "big")
    return Manifest(sequence=sequence, release=head[-_MAC:])


def _packed(files: Mapping[str, bytes]) -> Iterator[bytes]:
    for name, content in sorted(files.items()):
        for part in (name.encode(), content):
            yield len(part).to_bytes(_COUNT, "big")
            yield part


def _unpacked(body: bytes) -> Iterator[tuple[str, bytes]]:
    parts, place = [], 0
    while place < len(body):
        start = place + _COUNT
        place = start + int.from_bytes(body[place:start], "big")
        parts.append(body[start:place])
    for name, content in zip(parts[::2], parts[1::2], strict=True):
        yield name.decode(), content
