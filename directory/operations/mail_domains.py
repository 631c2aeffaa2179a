"""Judge which e-mail domains of contacts are secure; the cards say so beside each address."""

from directory.domain.access import Access, Refused
from directory.domain.dates import local_day
from directory.domain.events import Event
from directory.domain.mail_domains import MailDomain, MailTrust, trust_in
from directory.ledger.door import Ledger
from directory.policy.permissions import Action


def list_domains(ledger: Ledger, access: Access) -> tuple[MailDomain, ...]:
    """Return the domains of contacts, and those that were judged: what is not judged first.

    One that is judged by a domain above it counts as judged.
    """
    with ledger.entry(access, Event.MAIL_DOMAINS_LISTED, action=Action.MAIL_DOMAINS_JUDGE) as work:
        judged, judged_at = work.mail_domains.judged(), work.mail_domains.judged_at()
        in_use = work.mail_domains.in_use()
    found = [
        MailDomain(
            domain=each,
            trust=trust_in(f"@{each}", judged),
            contacts=in_use.get(each, 0),
            judged_on=local_day(judged_at[each]) if each in judged_at else None,
        )
        for each in {*in_use, *judged}
    ]
    return tuple(sorted(found, key=_order))


def judge(ledger: Ledger, access: Access, *, domain: str, trust: MailTrust) -> None:
    """Say whether what is sent to `domain`, and to any domain below it, is secure."""
    with ledger.entry(access, Event.MAIL_DOMAIN_JUDGED, action=Action.MAIL_DOMAINS_JUDGE) as work:
        if access.account is None:
            raise Refused
        work.remark(words=f"{domain} {trust}")
        work.mail_domains.judge(domain, trust, at=access.at, by=access.account)


def _order(each: MailDomain) -> tuple[bool, int, str]:
    return each.trust is not MailTrust.NOT_JUDGED, -each.contacts, each.domain
