"""The pages of wrong contacts: reported from a card, answered by the service, and told so."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.operations.extracts_world import line
from tests.town import Town
from tests.web.canary import HOUSING, ON_THE_DAY, PEOPLE, POLICE, feeds, references, standing
from tests.web.checking import CheckingClient
from tests.web.test_involvement import opened, plain
from tests.web.test_restrictions_pairs import Asking, worlds
from tests.web.test_two_worlds import differing
from tests.web.walks import ASHA, CALLUM, HELEN, MARIE, NADIA, allow_all, browser, looked_at

BADGE = "Somebody reported on 23 November 2026 that this contact may be wrong."
FIVE_DAYS = timedelta(days=5)


def reported(town: Town, wrong: str = "number", email: str = ASHA) -> tuple[CheckingClient, str]:
    """Report Odalys's housing contact; return the reporter's browser and the card's address."""
    client, board, who = opened(town, email)
    card = f"{board}/{who['odalys']}/housing"
    client.get(f"{card}/wrong")
    assert client.send(f"{card}/wrong", wrong=wrong).location == f"{card}?said=reported"
    return client, card


def marie(town: Town) -> CheckingClient:
    return allow_all(browser(town.app, MARIE))


def answered(client: CheckingClient, answer: str) -> str:
    """Answer the first report that waits, and return the page that follows."""
    report = re.search(r'action="(/corrections/[0-9a-f-]{36})"', client.get("/corrections").text)
    assert report is not None
    sent = client.send(report[1], answer=answer)
    assert (sent.status_code, sent.location) == (303, "/corrections?said=answered")
    return plain(client.get(sent.location).text)


def test_a_reported_contact_says_so_to_everybody_and_no_more_once_answered(canary: Town) -> None:
    client, card = reported(canary)
    other, board, who = opened(canary, CALLUM)

    mine = plain(client.get(f"{card}?said=reported").text)
    theirs = plain(other.get(f"{board}/{who['odalys']}/housing").text)
    after = answered(marie(canary), "mended")

    assert "Reported. The service is asked to answer within two working days." in mine
    assert (BADGE in mine, BADGE in theirs) == (True, True)
    assert "Ring the team’s duty line." in theirs
    assert "Asha" not in theirs
    assert "Answered. Whoever reported it is told so" in after
    assert "Nothing waits for your answer." in after
    assert BADGE not in client.get(card).text


def test_the_page_asks_one_question_and_says_when_it_is_not_answered(canary: Town) -> None:
    client, board, who = opened(canary)
    address = f"{board}/{who['odalys']}/housing/wrong"

    asked = client.get(address)
    nothing = client.send(address)

    assert re.findall(r'name="wrong" type="radio" value="(\w+)"', asked.text) == [
        "number", "email", "left", "other_leads", "not_involved",
    ]  # fmt: skip
    assert nothing.status_code == 422
    assert "Choose what is wrong" in nothing.text


def test_the_lead_reads_a_role_and_an_organisation_and_never_a_name(canary: Town) -> None:
    reported(canary)

    page = marie(canary).get("/corrections").text

    told = plain(page)
    assert "social worker, Northshire Council, on 23 November 2026" in told
    assert "The number is wrong, or nobody answers it." in told
    assert "Answer by 25 November 2026" in told
    assert ("overdue" in told, "Asha" in told, "Brackenshaw" in told) == (False, False, False)
    assert re.search(r'href="/practitioners/[0-9a-f-]{36}"', page)


def test_of_an_involvement_the_lead_reads_whose_it_is_and_mends_it(canary: Town) -> None:
    reported(canary, "not_involved")
    client = marie(canary)

    page = client.get("/corrections").text

    link = re.search(r'href="(/upkeep/\d+)"', page)
    assert link is not None
    assert "Brackenshaw" in plain(page)
    assert "Brackenshaw" in client.get(link[1]).text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("mended", "Mended"),
        ("right", "It is right as it is"),
        ("passed_on", "Passed on to whoever can mend it"),
    ],
)
def test_the_reporter_reads_the_answer_and_no_name(canary: Town, answer: str, words: str) -> None:
    client, _ = reported(canary, "other_leads")
    client.allowed = frozenset()

    before = plain(client.get("/corrections/mine").text)
    answered(marie(canary), answer)
    after = plain(client.get("/corrections/mine").text)

    assert "Housing, 23 November 2026 Another practitioner leads now. Not answered yet." in before
    assert "asked to answer by 25 November 2026" in before
    assert f"Answered on 23 November 2026: {words}." in after


def test_the_reporter_is_told_that_nobody_answered_in_time(canary: Town) -> None:
    reported(canary)
    canary.clock.pass_by(FIVE_DAYS)

    page = plain(browser(canary.app, ASHA).get("/corrections/mine").text)

    assert "Not answered, though it was due by 25 November 2026." in page


def test_who_reported_nothing_is_told_so(canary: Town) -> None:
    client = allow_all(browser(canary.app, CALLUM))

    assert "You have reported nothing." in client.get("/corrections/mine").text
    assert 'href="/corrections/mine"' in client.get("/families/mine").text


def test_what_is_overdue_is_said_to_the_lead_and_counted_for_the_ig_lead(canary: Town) -> None:
    reported(canary, "other_leads")
    helen = browser(canary.app, HELEN)
    helen.allowed = frozenset()
    in_time = plain(helen.get("/corrections/overdue").text)
    canary.clock.pass_by(FIVE_DAYS)
    helen = browser(canary.app, HELEN)
    helen.allowed = frozenset()

    late = plain(helen.get("/corrections/overdue").text)

    assert "Every report was answered in time" in in_time
    assert "Housing 1" in late
    assert "Another practitioner leads now 23 November 2026 3 days" in late
    assert "25 November 2026, overdue" in plain(marie(canary).get("/corrections").text)


@pytest.mark.parametrize("service", ["sensitive", "health", "early_help", "nonsense"])
def test_where_no_contact_is_shown_there_is_nothing_to_report(canary: Town, service: str) -> None:
    client, board, who = opened(canary)
    address = f"{board}/{who['odalys']}/{service}/wrong"

    assert client.get(address).status_code == 404
    assert client.send(address, wrong="number").status_code == 404
    assert "This contact is wrong" not in client.get(f"{board}/{who['odalys']}/sensitive").text


def test_no_other_contact_is_reported_at_this_address(canary: Town) -> None:
    client, board, who = opened(canary)
    address = f"{board}/{who['odalys']}/housing/wrong"
    client.get(address)

    for contact in ("x", str(UUID(int=404))):
        assert client.get(f"{address}?contact={contact}").status_code == 404
        assert client.send(address, wrong="number", contact=contact).status_code == 404


def test_of_several_contacts_on_a_card_the_one_that_was_chosen_is_reported(
    tmp_path: Path,
) -> None:
    sent = feeds()
    second = line("TEN/2", **PEOPLE["odalys"], **ON_THE_DAY)
    with standing(tmp_path / "two", sent | {HOUSING: (*sent[HOUSING], second)}) as town:
        client, board, who = opened(town)
        card = f"{board}/{who['odalys']}/housing"
        links = re.findall(r'href="([^"]*/wrong\?contact=([^"]*))"', client.get(card).text)

        told = [plain(client.get(href).text) for href, _ in links]
        of_kim = next(each for each, words in zip(links, told, strict=True) if "Kim" in words)
        client.send(f"{card}/wrong", wrong="email", contact=of_kim[1])

        assert len(links) == 2
        assert "Kim Doyle" in marie(town).get("/corrections").text
        assert client.get(card).text.count(BADGE.partition(" on ")[0]) == 1


def test_nothing_else_is_answered(canary: Town) -> None:
    client = marie(canary)
    client.get("/corrections")

    assert client.send(f"/corrections/{UUID(int=404)}", answer="perhaps").status_code == 400
    assert client.send(f"/corrections/{UUID(int=404)}", answer="mended").status_code == 404


def test_an_investigation_reads_the_badge_and_reports_nothing(canary: Town) -> None:
    reported(canary)
    client = allow_all(browser(canary.app, HELEN))
    client.get("/investigations")
    inside = client.send("/investigations", matter="IG-1", reason="a complaint").location
    client.get(inside)
    found = client.send(f"{inside}/people", name="Odalys Brackenshaw").location
    client.get(found)
    client.get(f"{found}/{references(canary)['odalys']}")
    named = client.send(f"{found}/{references(canary)['odalys']}/name")
    client.get(named.location)

    page = client.get(f"{named.location}/housing").text

    assert BADGE in plain(page)
    assert "This contact is wrong" not in page


def report_isolde(town: Town) -> None:
    """Let Nadia report that the police are no longer involved with Isolde."""
    client, who = allow_all(browser(town.app, NADIA)), references(town)["isolde"]
    card = f"{looked_at(client, NADIA, 'isolde', who)}/{who}/{POLICE}"
    client.get(f"{card}/wrong")
    assert client.send(f"{card}/wrong", wrong="not_involved").status_code == 303


@pytest.mark.parametrize(
    ("email", "path"),
    [(NADIA, "/corrections/mine"), (HELEN, "/corrections/overdue"), (MARIE, "/corrections")],
)
def test_a_report_about_somebody_hidden_is_as_one_never_made(
    tmp_path: Path, email: str, path: str
) -> None:
    both: list[Asking] = []
    with worlds(tmp_path, before=report_isolde) as (one, two):
        for town in (one, two):
            town.clock.pass_by(FIVE_DAYS)
            asking = Asking(town, email)
            asking.open(path)
            both.append(asking)

    assert differing(both[0].answers, both[1].answers) == []
    assert both[0].beside == both[1].beside
    assert "no longer involved" not in both[0].client.get(path).text
