"""The pages about what accounts must hold to see people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from directory.domain.accounts import Account
from directory.domain.gates import Gate
from directory.domain.vocabulary import Role
from directory.operations.gates import withdraw_gate
from tests.factories import NOON
from tests.operations.accounts_world import operator, settle, world
from tests.web.accounts_site import Browser, Site, site

ADMINISTRATOR = "admin@council.example"


@contextmanager
def council(tmp_path: Path) -> Iterator[Site]:
    with world(tmp_path) as here:
        settle(here, email=ADMINISTRATOR, display_name="Ada", roles=frozenset({Role.ADMINISTRATOR}))
        yield site(here)


def at_work(place: Site) -> Browser:
    browser = place.browser()
    browser.sign_in(email=ADMINISTRATOR)
    browser.open("/accounts")
    return browser


def without_vetting(place: Site) -> Account:
    account = settle(place.here)
    withdraw_gate(place.here.ledger, operator(), account=account.reference, gate=Gate.VETTING)
    return account


def test_who_lacks_a_gate_is_told_which_and_shown_nobody(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        without_vetting(place)
        browser = place.browser()
        browser.sign_in()
        browser.open("/search")

        answer = browser.send("/search", name="Ewan Baxter")

        shown = answer if answer.status_code == 403 else browser.open(answer.headers["Location"])
        assert shown.status_code == 403
        assert "Vetting: not given" in shown.text
        assert "Training" not in shown.text


def test_who_lacks_a_gate_keeps_their_own_pages(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        without_vetting(place)
        browser = place.browser()
        browser.sign_in()

        answer = browser.open("/session")

        assert answer.status_code == 200


def test_an_administrator_gives_a_gate(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        path = f"/accounts/{without_vetting(place).reference}/gates"
        browser = at_work(place)
        end = f"{NOON + timedelta(days=10):%d/%m/%Y}"

        browser.open(path)
        browser.send(path, gate="vetting", end=end, evidence="DBS-1")

        assert "Lapses within 14 days" in browser.open(path).text


def test_an_end_that_has_passed_is_refused_in_words(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        path = f"/accounts/{without_vetting(place).reference}/gates"
        browser = at_work(place)

        answer = browser.send(path, gate="vetting", end="01/01/2020", evidence="DBS-1")

        assert answer.status_code == 422
        assert "must be after today" in answer.text


def test_an_administrator_withdraws_a_gate(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        path = f"/accounts/{settle(place.here).reference}/gates"
        browser = at_work(place)

        browser.send(f"{path}/training/withdraw")

        assert "Not given" in browser.open(path).text


def test_an_import_reports_on_each_line_that_is_not_taken(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        account = without_vetting(place)
        end = f"{NOON + timedelta(days=100):%Y-%m-%d}"
        lines = f"{account.email},vetting,{end},DBS-1\nnobody@council.example,vetting,{end},DBS-2"
        browser = at_work(place)

        answer = browser.send("/accounts/gates", lines=lines)

        assert "Lines taken: 1. Lines not taken: 1." in answer.text
        assert "Line 2: nobody has this e-mail" in answer.text
