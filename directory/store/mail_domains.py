"""The e-mail domains of contacts, and what was judged of them."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from directory.domain.mail_domains import MailTrust, domain_of
from directory.store.line_tables import FeedRow, PractitionerRow
from directory.store.mail_domain_tables import MailDomainRow
from directory.store.visibility import seen


class MailDomainStore:
    """Reads and keeps judgements within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def judged(self) -> Mapping[str, MailTrust]:
        """Return what was judged of each domain."""
        rows = self._connection.execute(select(MailDomainRow.domain, MailDomainRow.trust))
        return {row.domain: MailTrust(row.trust) for row in rows}

    def judged_at(self) -> Mapping[str, datetime]:
        """Return when each domain was judged last."""
        rows = self._connection.execute(select(MailDomainRow.domain, MailDomainRow.judged_at))
        return {row.domain: row.judged_at for row in rows}

    def in_use(self) -> Mapping[str, int]:
        """Return how many contacts that are seen have their e-mail at each domain."""
        rows = self._connection.scalars(
            select(PractitionerRow.email)
            .join(FeedRow, seen(PractitionerRow))
            .where(PractitionerRow.email != "")
        )
        return Counter(map(domain_of, rows))

    def judge(self, domain: str, trust: MailTrust, *, at: datetime, by: UUID) -> None:
        """Keep what is judged of a domain, in place of what was."""
        self._connection.execute(delete(MailDomainRow).where(MailDomainRow.domain == domain))
        if trust is not MailTrust.NOT_JUDGED:
            self._connection.execute(
                insert(MailDomainRow).values(domain=domain, trust=trust, judged_at=at, judged_by=by)
            )
