"""Whether what is sent to an e-mail domain is safe on its way, as the council judged it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MailTrust(StrEnum):
    """What the council judged of an e-mail domain."""

    SECURE = "secure"
    NOT_SECURE = "not_secure"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDomain:
    """A domain at which contacts have their e-mail; `contacts` counts them, `judged_on` is when."""

    domain: str
    trust: MailTrust
    contacts: int
    judged_on: date | None = None


def domain_of(email: str) -> str:
    """Return the domain of an address, folded; "" for an empty one."""
    return email.rpartition("@")[2].lower()


def trust_in(email: str, judged: Mapping[str, MailTrust]) -> MailTrust:
    """Return what was judged of the address's domain, else of the nearest domain above it."""
    parts = domain_of(email).split(".")
    above = (".".join(parts[first:]) for first in range(len(parts)))
    return next((judged[each] for each in above if each in judged), MailTrust.NOT_JUDGED)
