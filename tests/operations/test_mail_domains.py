"""The information governance lead judges which e-mail domains are secure."""

from dataclasses import replace

import pytest

from directory.domain.access import Access, Refused
from directory.domain.mail_domains import MailTrust
from directory.domain.vocabulary import Role
from directory.operations import mail_domains
from tests.factories import TODAY
from tests.operations.extracts_world import line, many
from tests.operations.matching_world import Desk, desk

BEGINS_WITH = desk


def helen(here: Desk) -> Access:
    return replace(here.lead(), role=Role.IG_LEAD, service=None)


def found(here: Desk) -> list[tuple[str, MailTrust, int]]:
    listed = mail_domains.list_domains(here.ledger, helen(here))
    return [(each.domain, each.trust, each.contacts) for each in listed]


def judge(here: Desk, domain: str, trust: MailTrust) -> None:
    mail_domains.judge(here.ledger, helen(here), domain=domain, trust=trust)


def test_the_domains_of_contacts_are_listed_and_what_is_not_judged_first(here: Desk) -> None:
    [other] = many(1)
    away = {"practitioner_reference": "P2", "practitioner_email": "kit@flats.homes.example"}
    here.take(line(practitioner_email="kim@old.example"), other | away)

    judge(here, "old.example", MailTrust.NOT_SECURE)

    assert found(here) == [
        ("flats.homes.example", MailTrust.NOT_JUDGED, 1),
        ("old.example", MailTrust.NOT_SECURE, 1),
    ]
    judged = mail_domains.list_domains(here.ledger, helen(here))[1]
    assert judged.judged_on == TODAY


def test_a_domain_is_judged_with_every_domain_below_it(here: Desk) -> None:
    here.take(line(practitioner_email="kim@flats.homes.example"))

    judge(here, "homes.example", MailTrust.SECURE)

    assert found(here) == [
        ("flats.homes.example", MailTrust.SECURE, 1),
        ("homes.example", MailTrust.SECURE, 0),
    ]


def test_a_judgement_is_taken_back(here: Desk) -> None:
    here.take(line(practitioner_email="kim@homes.example"))
    judge(here, "homes.example", MailTrust.SECURE)

    judge(here, "homes.example", MailTrust.NOT_JUDGED)

    assert found(here) == [("homes.example", MailTrust.NOT_JUDGED, 1)]


def test_a_judgement_needs_somebody_who_judges(here: Desk) -> None:
    nobody = replace(helen(here), account=None)

    with pytest.raises(Refused):
        mail_domains.judge(here.ledger, nobody, domain="x.example", trust=MailTrust.SECURE)
