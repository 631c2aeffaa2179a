"""The folder that sent files are kept in until they are taken: for this program's user alone."""

import json
from collections.abc import Container, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_FILE, _PROGRESS, _ARRIVING = ".sent", ".progress", ".arriving"


class SentFolder:
    """Keeps files under random names, and beside each how far it is."""

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`, which is made when it is first needed."""
        self._folder = folder

    def ready(self) -> Path:
        """Return the folder, made for this user alone if it was not there."""
        self._folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        return self._folder

    def file(self, reference: UUID) -> Path:
        """Return where the file sent under `reference` is."""
        return self._folder / f"{reference.hex}{_FILE}"

    def arriving(self, name: str) -> Path:
        """Return where a file is while it arrives, under a random `name`."""
        return self.ready() / f"{name}{_ARRIVING}"

    def keep(self, arrived: Path, reference: UUID) -> None:
        """Keep the file that arrived, under its reference."""
        arrived.chmod(FILE_MODE)
        arrived.rename(self.file(reference))

    def remove(self, reference: UUID) -> None:
        """Remove the file and how far it was; nothing where they are gone."""
        for path in (self.file(reference), self._progress(reference)):
            with suppress(FileNotFoundError):
                path.unlink()

    def tell(self, reference: UUID, done: int, whole: int) -> None:
        """Keep how far it is, as a sign of life too."""
        fresh = self._progress(reference).with_suffix(".fresh")
        fresh.touch(mode=FILE_MODE)
        fresh.write_text(json.dumps([done, whole]), encoding="ascii")
        fresh.replace(self._progress(reference))

    def told(self, reference: UUID) -> tuple[int, int]:
        """Return how far it is and how far it goes, both 0 while nothing was told."""
        try:
            done, whole = json.loads(self._progress(reference).read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0, 0
        return int(done), int(whole)

    def last_sign(self, reference: UUID) -> datetime | None:
        """Return when it last gave a sign of life, None where it never did."""
        try:
            return _changed(self._progress(reference))
        except FileNotFoundError:
            return None

    def strays(self, known: Container[UUID], *, before: datetime) -> Iterator[Path]:
        """Yield what lies here since before that moment and belongs to nothing that is known."""
        for path in self._folder.glob("*.*"):
            with suppress(FileNotFoundError):
                if _changed(path) < before and _reference(path) not in known:
                    yield path

    def _progress(self, reference: UUID) -> Path:
        return self._folder / f"{reference.hex}{_PROGRESS}"


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _reference(path: Path) -> UUID | None:
    try:
        return UUID(path.stem)
    except ValueError:
        return None
