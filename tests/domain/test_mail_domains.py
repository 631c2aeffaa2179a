"""What a judgement of an e-mail domain holds for."""

import pytest

from directory.domain.mail_domains import MailTrust, domain_of, trust_in

JUDGED = {
    "police.example": MailTrust.SECURE,
    "old.police.example": MailTrust.NOT_SECURE,
}


@pytest.mark.parametrize(
    ("email", "trust"),
    [
        ("a@police.example", MailTrust.SECURE),
        ("a@north.police.example", MailTrust.SECURE),
        ("A@North.POLICE.Example", MailTrust.SECURE),
        ("a@old.police.example", MailTrust.NOT_SECURE),
        ("a@x.old.police.example", MailTrust.NOT_SECURE),
        ("a@notpolice.example", MailTrust.NOT_JUDGED),
        ("a@example", MailTrust.NOT_JUDGED),
        ("", MailTrust.NOT_JUDGED),
    ],
)
def test_the_nearest_judged_domain_says_whether_an_address_is_secure(
    email: str, trust: MailTrust
) -> None:
    assert trust_in(email, JUDGED) is trust


def test_the_domain_is_what_stands_after_the_last_sign() -> None:
    assert domain_of('"a@b"@Homes.Example') == "homes.example"
