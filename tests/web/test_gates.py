"""The pages about what accounts must hold to see people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from directory.domain.accounts import Account, SecondFactor
from directory.domain.gates import Gate
from directory.domain.vocabulary import Role
from directory.operations.gates import Giving, give_gate, withdraw_gate
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
    withdraw_gate(
        place.here.ledger,
        operator(),
        account=account.reference,
        gate=Gate.VETTING,
        rule=SecondFactor.OPTIONAL,
    )
    return account


def test_who_may_have_to_act_at_once_still_searches(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        without_vetting(place)
        browser = place.browser()
        browser.sign_in()
        browser.open("/search")

        answer = browser.send("/search", name="Ewan Baxter")

        shown = answer if answer.status_code == 403 else browser.open(answer.headers["Location"])
        assert shown.status_code == 200
        assert "No match" in shown.text


def test_who_cannot_have_to_act_at_once_is_told_which_and_shown_nobody(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        manager = settle(
            place.here, email="mina@council.example", roles=frozenset({Role.TEAM_MANAGER})
        )
        withdraw_gate(
            place.here.ledger,
            operator(),
            account=manager.reference,
            gate=Gate.VETTING,
            rule=SecondFactor.OPTIONAL,
        )
        browser = place.browser()
        browser.sign_in(email=manager.email)

        shown = browser.open("/families/mine")

        assert shown.status_code == 403
        assert "Vetting: not given" in shown.text
        assert "Training" not in shown.text
        assert "Child protection enquiry" in shown.text


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
        lines += '\n"half,a,b,c'
        browser = at_work(place)

        checked = browser.send("/accounts/gates", lines=lines)
        held = browser.open(f"/accounts/{account.reference}/gates").text
        taken = browser.send("/accounts/gates/take", lines=lines)

        assert "Nothing is taken yet. 1 can be taken, 2 cannot." in checked.text
        assert "DBS-1" not in held
        assert "1 taken, 2 not taken." in taken.text
        assert "Line 2: nobody has this e-mail" in taken.text
        assert "Line 3: a quotation mark is missing" in taken.text
        assert "DBS-1" in browser.open(f"/accounts/{account.reference}/gates").text


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("", "Paste the lines"),
        ("a,b,c,d\n" * 1_001, "More than 1,000 lines"),
    ],
    ids=["empty", "many"],
)
def test_what_cannot_be_read_is_said_before_anything_is_taken(
    tmp_path: Path, lines: str, fault: str
) -> None:
    with council(tmp_path) as place:
        browser = at_work(place)

        for address in ("/accounts/gates", "/accounts/gates/take"):
            answer = browser.send(address, lines=lines)

            assert (answer.status_code, fault in answer.text) == (422, True)


def test_who_holds_what_ends_soon_is_told_on_every_page_and_the_administrator_too(
    tmp_path: Path,
) -> None:
    with council(tmp_path) as place:
        account = without_vetting(place)
        giving = Giving(gate=Gate.VETTING, end=(NOON + timedelta(days=10)).date(), evidence="DBS-1")
        give_gate(
            place.here.ledger,
            operator(),
            account=account.reference,
            giving=giving,
            rule=SecondFactor.OPTIONAL,
        )
        user = place.browser()
        user.sign_in()

        told, mine = user.open("/search").text, user.open("/gates").text
        listed = at_work(place).open("/accounts/gates/lapsing").text

        assert "Something you need to look at people ends on" in told
        assert "Vetting: lapses within 14 days" in mine
        assert (account.display_name in listed, "Vetting" in listed) == (True, True)


def test_who_holds_everything_is_told_nothing(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        settle(place.here)
        user = place.browser()
        user.sign_in()

        assert "Something you need to look at people" not in user.open("/search").text
        assert "No gate lapses" in at_work(place).open("/accounts/gates/lapsing").text


def test_an_administrator_needs_no_gate(tmp_path: Path) -> None:
    with council(tmp_path) as place:
        assert "Your role needs none" in at_work(place).open("/gates").text
