"""Programmes and their keys."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from directory.domain.programmes import Programme, ProgrammeKey
from directory.domain.vocabulary import Scope, Service
from directory.store.programme_tables import ProgrammeKeyRow, ProgrammeRow


class ProgrammeStore:
    """Reads and keeps programmes within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def listed(self) -> tuple[Programme, ...]:
        """Return every programme, by name."""
        rows = self._connection.execute(
            select(ProgrammeRow.__table__).order_by(ProgrammeRow.name, ProgrammeRow.id)
        )
        return tuple(map(programme_of, rows))

    def one(self, reference: UUID) -> Programme | None:
        """Return the programme, None where there is no such."""
        rows = self._connection.execute(
            select(ProgrammeRow.__table__).where(ProgrammeRow.id == reference)
        )
        return next(map(programme_of, rows), None)

    def keys(self, programme: UUID) -> tuple[ProgrammeKey, ...]:
        """Return every key the programme ever had, the newest first."""
        rows = self._connection.execute(
            select(ProgrammeKeyRow.__table__)
            .where(ProgrammeKeyRow.programme == programme)
            .order_by(ProgrammeKeyRow.made_on.desc(), ProgrammeKeyRow.id)
        )
        return tuple(map(_key, rows))

    def keep(self, programme: Programme) -> None:
        """Keep a new programme."""
        self._connection.execute(
            insert(ProgrammeRow).values(
                id=programme.reference,
                name=programme.name,
                organisation=programme.organisation,
                service=programme.service,
                scopes=" ".join(sorted(programme.scopes)),
                enabled=programme.enabled,
            )
        )

    def switch(self, programme: UUID, *, enabled: bool) -> None:
        """Let the programme's keys open anything, or nothing."""
        self._connection.execute(
            update(ProgrammeRow).where(ProgrammeRow.id == programme).values(enabled=enabled)
        )

    def keep_key(self, programme: UUID, key: ProgrammeKey, *, token_hash: bytes) -> None:
        """Keep a new key by its hash."""
        self._connection.execute(
            insert(ProgrammeKeyRow).values(
                id=key.reference,
                token_hash=token_hash,
                programme=programme,
                made_on=key.made_on,
                end=key.end,
                ended=key.ended,
            )
        )

    def end_key(self, programme: UUID, key: UUID) -> bool:
        """Let a key open nothing more; False where the programme has no such key."""
        ended = self._connection.execute(
            update(ProgrammeKeyRow)
            .where(ProgrammeKeyRow.id == key, ProgrammeKeyRow.programme == programme)
            .values(ended=True)
        )
        return bool(ended.rowcount)

    def by_key(self, token_hash: bytes) -> tuple[Programme, ProgrammeKey] | None:
        """Return whose key it is, whether it opens anything or not."""
        row = self._connection.execute(
            select(ProgrammeKeyRow.__table__).where(ProgrammeKeyRow.token_hash == token_hash)
        ).first()
        if row is None:
            return None
        whose = self._connection.execute(
            select(ProgrammeRow.__table__).where(ProgrammeRow.id == row.programme)
        ).one()
        return programme_of(whose), _key(row)

    def used(self, key: UUID, day: date) -> None:
        """Keep on which day a key was last used."""
        self._connection.execute(
            update(ProgrammeKeyRow).where(ProgrammeKeyRow.id == key).values(last_used=day)
        )

    def is_enabled(self, programme: UUID) -> bool:
        """Return whether the programme's keys open anything."""
        return bool(
            self._connection.scalar(
                select(ProgrammeRow.enabled).where(ProgrammeRow.id == programme)
            )
        )


def programme_of(row: Row[*tuple[Any, ...]]) -> Programme:
    """Return the programme of a row."""
    return Programme(
        reference=row.id,
        name=row.name,
        organisation=row.organisation,
        service=Service(row.service) if row.service else None,
        scopes=frozenset(map(Scope, row.scopes.split())),
        enabled=row.enabled,
    )


def _key(row: Row[*tuple[Any, ...]]) -> ProgrammeKey:
    return ProgrammeKey(
        reference=row.id,
        made_on=row.made_on,
        end=row.end_day,
        ended=row.ended,
        last_used=row.last_used,
    )
