"""The steward's pages show who somebody is, and nothing of who knows them or who sent the line."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from directory.domain.vocabulary import Service
from tests.operations.extracts_world import Cells, line
from tests.town import Town
from tests.web.canary import CSC, HOUSING, PEOPLE, POLICE, feeds, standing
from tests.web.checking import CheckingClient
from tests.web.test_two_worlds import differing, masked
from tests.web.walks import OLWEN, allow_all, browser

JONAH = "jonah.fraser@northshire.example"
LEOPOLD = PEOPLE["leopold"]
UNSURE: Cells = {
    "forenames": LEOPOLD["forenames"], "surname": LEOPOLD["surname"], "former_surname": "",
    "nhs_number": "", "date_of_birth": "", "house": "", "street": "", "postcode": "",
}  # fmt: skip
NAMESAKE: Cells = {
    "forenames": "Leopolde", "surname": LEOPOLD["surname"], "nhs_number": "9994242466",
    "date_of_birth": "12/12/1990", "house": "8", "street": "Ordinary Road", "postcode": "NX1 1AA",
}  # fmt: skip
IDENTITY = {
    f"leopold: {fact}"
    for fact in ("name", "former name", "NHS number", "born", "street", "outward", "inward")
}


def sent(service: Service, *more: tuple[Service, Cells]) -> dict[Service, tuple[Cells, ...]]:
    """Return every service's lines, and one of `service` that may be about Leopold."""
    found = feeds()
    for each, cells in (*more, (service, line("ZQWAIT", **UNSURE))):
        found[each] = (*found[each], cells | ({"upn": ""} if each is Service.SCHOOL else {}))
    return found


def the_line(client: CheckingClient) -> str:
    """Return the address of the first line of the queue."""
    found = re.search(r'href="(/matching/[0-9a-f-]{36})"', client.get("/matching").text)
    assert found is not None
    return found[1]


def links(page: TestResponse, kind: str) -> list[str]:
    """Return where the page's links of a kind lead."""
    return re.findall(rf'href="(/matching/[^"]*/{kind}[^"]*)"', page.text)


def seen(page: TestResponse) -> str:
    """Return by what the page's form says what was shown."""
    found = re.search(r'name="seen" value="([^"]*)"', page.text)
    assert found is not None, page.text
    return found[1]


def desk(client: CheckingClient) -> list[TestResponse]:
    """Return every page of the desk, without doing anything."""
    address = the_line(client)
    compared = client.get(address)
    further = [*links(compared, "this-person"), *links(compared, "not-this-person")]
    return [
        client.get("/matching"),
        compared,
        *(client.get(each) for each in further),
        client.get(f"{address}/new-person"),
        client.get("/matching/asked"),
        client.get("/matching/decided"),
    ]


@pytest.mark.parametrize("service", [POLICE, HOUSING, Service.SENSITIVE])
def test_a_steward_is_told_of_identity_and_of_nothing_else(
    service: Service, tmp_path: Path
) -> None:
    with standing(tmp_path / "council", sent(service)) as town:
        client = browser(town.app, OLWEN)
        client.allowed = frozenset(IDENTITY)

        pages = desk(client)

    assert [each.status_code for each in pages] == [200] * len(pages)
    assert "Known to" in pages[1].text


def test_who_sent_a_line_changes_no_byte_of_the_desk(tmp_path: Path) -> None:
    with ExitStack() as stack:
        towns = [
            stack.enter_context(standing(tmp_path / each, sent(each))) for each in (POLICE, HOUSING)
        ]
        one, two = (desk(allow_all(browser(town.app, OLWEN))) for town in towns)

    assert differing(one, two) == []
    assert len(one) == 7


def test_nothing_is_sent_by_looking(tmp_path: Path) -> None:
    with standing(tmp_path / "council", sent(POLICE)) as town:
        client = allow_all(browser(town.app, OLWEN))

        first, second = desk(client), desk(client)

    assert [masked(each) for each in first] == [masked(each) for each in second]


def test_a_form_that_was_tampered_with_does_nothing(tmp_path: Path) -> None:
    with standing(tmp_path / "council", sent(POLICE)) as town:
        client = allow_all(browser(town.app, OLWEN))
        page = client.get(the_line(client))
        address = links(page, "this-person")[0]
        parts = seen(client.get(address)).split("-")

        for tampered in ("", "x" * 12, "-".join([*parts[:-1], "0" * 12])):
            answer = client.send(address, seen=tampered)
            assert (answer.status_code, "Nothing was done" in answer.text) == (409, True)

        assert client.get(the_line(client)).status_code == 200


def test_a_choice_that_there_is_not_leads_nowhere(tmp_path: Path) -> None:
    with standing(tmp_path / "council", sent(POLICE)) as town:
        client = allow_all(browser(town.app, OLWEN))
        address = links(client.get(the_line(client)), "this-person")[0]

        for other in ("later", "new-person", "guess"):
            assert client.get(address.replace("this-person", other)).status_code == 404
        for query in ("page=0", "page=x", "list=99", "page=-1"):
            assert client.get(f"/matching?{query}").status_code == 404


def test_two_stewards_merge_people_with_different_numbers(tmp_path: Path) -> None:
    namesake = (HOUSING, line("ZQSAKE", **NAMESAKE))
    with standing(tmp_path / "council", sent(POLICE, namesake)) as town:
        olwen, jonah = (allow_all(browser(town.app, each)) for each in (OLWEN, JONAH))
        address = links(olwen.get(the_line(olwen)), "merge")[0]
        page = olwen.get(address)
        assert "A second person has to agree" in page.text
        assert "Their dates of birth differ" in page.text
        assert olwen.send(address, seen=seen(page)).status_code == 422

        answer = olwen.send(address, seen=seen(page), reason="service_confirmed")

        assert answer.location == "/matching?said=asked"
        act = links(jonah.get("/matching/asked"), "[0-9a-f]")[0]
        assert "somebody else has to agree" in olwen.get(act).text
        stays = "moves to person A, who stays"
        assert stays in page.text
        assert stays in jonah.get(act).text
        shown = seen(jonah.get(act))
        own = olwen.send(f"{act}/agree", seen=shown)
        agreed = jonah.send(f"{act}/agree", seen=shown)
        assert [own.status_code, agreed.location] == [404, "/matching?said=agreed"]
        assert merges_offered(town) == []


def merges_offered(town: Town) -> list[str]:
    """Return the merges that the first line of the queue offers."""
    client = allow_all(browser(town.app, OLWEN))
    return links(client.get(the_line(client)), "merge")


def test_a_merged_person_s_old_addresses_lead_nowhere(tmp_path: Path) -> None:
    namesake = (HOUSING, line("ZQSAKE", **{**NAMESAKE, "nhs_number": ""}))
    with standing(tmp_path / "council", sent(POLICE, namesake)) as town:
        client = allow_all(browser(town.app, OLWEN))
        line_ = the_line(client)
        before = links(client.get(line_), "this-person")
        address = links(client.get(line_), "merge")[0]

        client.send(address, seen=seen(client.get(address)), reason="same_identity")

        stays = links(client.get(line_), "this-person")
        gone = next(each for each in before if each not in stays)
        unknown = gone[:-12] + "0" * 12
        answers = [client.get(each) for each in (gone, unknown, address)]
    assert [each.status_code for each in answers] == [404] * 3
    assert len({masked(each) for each in answers}) == 1


def test_no_list_of_the_canary_council_names_a_service(canary: Town) -> None:
    client = allow_all(browser(canary.app, OLWEN))

    page = client.get("/matching").text

    assert not [each for each in (CSC, *Service) if each.replace("_", " ") in page.lower()]
