"""The page on which e-mail domains are judged, and what a card then says."""

import re

import pytest

from tests.town import Town
from tests.web.test_involvement import opened, plain
from tests.web.walks import ASHA, HELEN, allow_all, browser


@pytest.mark.parametrize(
    ("trust", "words"),
    [("secure", "Secure e-mail"), ("not_secure", "Not secure: name nobody in an e-mail")],
)
def test_a_card_says_what_was_judged_of_the_address(trust: str, words: str, canary: Town) -> None:
    reader, board, who = opened(canary, ASHA)
    card = f"{board}/{who['odalys']}/housing"
    before = reader.get(card).text
    domain = re.search(r"mailto:[^@\"]+@([^\"]+)", before)
    assert domain is not None
    helen = allow_all(browser(canary.app, HELEN))

    judged = helen.send("/mail-domains", domain=f" @{domain[1].upper()}", trust=trust)

    assert judged.location == "/mail-domains?said=judged"
    assert "Every card says so from now on." in helen.get(judged.location).text
    assert words not in plain(before)
    assert words in plain(reader.get(card).text)


def test_the_page_says_how_each_domain_is_judged(canary: Town) -> None:
    helen = allow_all(browser(canary.app, HELEN))

    helen.send("/mail-domains", domain="org", trust="secure")
    helen.send("/mail-domains", domain="homes.example", trust="not_secure")

    page = plain(helen.get("/mail-domains").text)
    assert "example.org Not judged" in page
    assert "homes.example Not secure" in page


def test_a_judgement_is_chosen(canary: Town) -> None:
    helen = allow_all(browser(canary.app, HELEN))

    refused = helen.send("/mail-domains", domain="northshire.example", trust="")

    assert "Choose whether it is secure" in plain(refused.text)


@pytest.mark.parametrize("domain", ["", "no domain", "a@b.example", "-x.example"])
def test_what_is_no_domain_is_refused(domain: str, canary: Town) -> None:
    helen = allow_all(browser(canary.app, HELEN))

    refused = helen.send("/mail-domains", domain=domain, trust="secure")

    assert refused.status_code == 422
    assert "Enter a domain" in plain(refused.text)
