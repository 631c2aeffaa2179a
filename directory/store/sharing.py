"""Agreements and their parties."""

from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from directory.domain.sharing import Agreement, Party
from directory.domain.vocabulary import LegalPower, Purpose, Service
from directory.store.agency_tables import AgreementRow, PartyRow


class SharingStore:
    """Reads and keeps agreements within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def agreements(self) -> tuple[Agreement, ...]:
        """Return every agreement with its parties, in two queries."""
        parties: dict[UUID, list[Party]] = {}
        for row in self._connection.execute(select(PartyRow.__table__)):
            parties.setdefault(row.agreement, []).append(
                Party(organisation=row.organisation, signed_on=row.signed_on)
            )
        return tuple(
            Agreement(
                reference=row.reference,
                version=row.version,
                title=row.title,
                powers=frozenset(LegalPower(each) for each in row.powers.splitlines()),
                purposes=frozenset(Purpose(each) for each in row.purposes.splitlines()),
                services=frozenset(Service(each) for each in row.services.splitlines()),
                parties=tuple(parties.get(row.id, ())),
                start=row.start,
                review=row.review,
                end=row.end_day,
            )
            for row in self._connection.execute(
                select(AgreementRow.__table__).order_by(AgreementRow.reference)
            )
        )

    def keep(self, reference: UUID, agreement: Agreement) -> None:
        """Keep `agreement`; the same reference and version is replaced."""
        old = self._connection.scalar(
            select(AgreementRow.id).where(
                AgreementRow.reference == agreement.reference,
                AgreementRow.version == agreement.version,
            )
        )
        if old is not None:
            self._connection.execute(delete(PartyRow).where(PartyRow.agreement == old))
            self._connection.execute(delete(AgreementRow).where(AgreementRow.id == old))
        self._connection.execute(
            insert(AgreementRow).values(
                id=reference,
                reference=agreement.reference,
                version=agreement.version,
                title=agreement.title,
                powers="\n".join(sorted(agreement.powers)),
                purposes="\n".join(sorted(agreement.purposes)),
                services="\n".join(sorted(agreement.services)),
                start=agreement.start,
                review=agreement.review,
                end=agreement.end,
            )
        )
        for party in agreement.parties:
            self._connection.execute(
                insert(PartyRow).values(
                    agreement=reference,
                    organisation=party.organisation,
                    signed_on=party.signed_on,
                )
            )
