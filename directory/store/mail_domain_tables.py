"""The table of e-mail domains that were judged secure or not."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class MailDomainRow(Row):
    """One domain, with what was judged of it last; what is not judged has no row."""

    __tablename__ = "mail_domain"
    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    trust: Mapped[str] = mapped_column(String(10))
    judged_at: Mapped[datetime]
    judged_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    __table_args__ = (CheckConstraint("trust in ('secure', 'not_secure')", name="trust_known"),)
