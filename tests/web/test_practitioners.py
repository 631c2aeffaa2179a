"""The pages of a service's own practitioners."""

import re

from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, MARIE, allow_all, browser


def marie(canary: Town) -> CheckingClient:
    return allow_all(browser(canary.app, MARIE))


def somebody(client: CheckingClient) -> str:
    """Return the address of somebody who leads something."""
    led = re.search(r'href="/upkeep\?lead=([0-9a-f-]{36})"', client.get("/upkeep").text)
    assert led
    return f"/practitioners/{led[1]}"


def seen(page: str) -> dict[str, str]:
    """Return what the form was opened with."""
    found = dict(re.findall(r'name="(seen_phone|seen_email)" value="([^"]*)"', page))
    return {**found, "phone": found["seen_phone"], "email": found["seen_email"]}


def other_lead(page: str, address: str) -> str:
    """Return somebody else to lead."""
    choices: list[str] = re.findall(r'<option value="([0-9a-f-]{36}/[0-9a-f-]{36})">', page)
    return next(each for each in choices if address.rpartition("/")[2] not in each)


def test_a_desk_mends_how_a_practitioner_is_reached(canary: Town) -> None:
    client = marie(canary)
    assert 'href="/practitioners"' in client.get("/upkeep").text
    assert '<a class="govuk-link" href="/practitioners/' in client.get("/practitioners").text
    address = somebody(client)
    typed = seen(client.get(address).text) | {"phone": "01632 960999"}

    saved = client.send(address, **typed)

    assert saved.location == f"{address}?said=reached"
    page = client.get(saved.location).text
    assert "Whoever looks now is told so" in page
    assert 'value="01632 960999"' in page


def test_a_number_of_their_own_and_what_is_none_are_refused(canary: Town) -> None:
    client = marie(canary)
    address = somebody(client)
    typed = seen(client.get(address).text)

    mobile = client.send(address, **(typed | {"phone": "07400 123456"}))
    personal = client.send(address, **(typed | {"phone": "070 0000 0000", "email": "kim"}))
    attested = client.send(address, **(typed | {"phone": "07400 123456", "is_work_mobile": "y"}))

    assert mobile.status_code == personal.status_code == 422
    assert "Tick that it is a mobile phone for work" in mobile.text
    assert "personal number" in personal.text
    assert "must be an e-mail address" in personal.text
    assert attested.location == f"{address}?said=reached"


def test_who_changes_what_another_changed_meanwhile_is_shown_both(canary: Town) -> None:
    client = marie(canary)
    address = somebody(client)
    typed = seen(client.get(address).text)
    client.send(address, **(typed | {"phone": "01632 960111"}))

    late = client.send(address, **(typed | {"phone": ""}))

    assert late.status_code == 409
    assert "Somebody changed it since you looked" in late.text
    assert "01632 960111" in late.text
    again = seen(late.text) | {"phone": "", "email": ""}
    assert client.send(address, **again).location == f"{address}?said=reached"


def test_a_leaver_s_work_is_handed_over_and_a_mistake_taken_back(canary: Town) -> None:
    client = marie(canary)
    address = somebody(client)

    left = client.send(f"{address}/left")
    page = client.get(left.location).text
    nobody = client.send(f"{address}/hand-over", lead="")
    strange = client.send(f"{address}/hand-over", lead=f"{address.rpartition('/')[2]}/")
    handed = client.send(f"{address}/hand-over", lead=other_lead(page, address))
    done = client.get(handed.location).text
    back = client.send(f"{address}/here")

    assert "for somebody to lead" in page
    assert "given the team’s line from now on" in page
    for answer in (nobody, strange):
        assert "Choose whom to hand everything over to" in client.get(answer.location).text
    assert re.search(r"\d+ handed over\.", done)
    assert "What they lead" not in done
    assert "Callers are given their contact again" in client.get(back.location).text


def test_nobody_but_a_desk_sees_them(canary: Town) -> None:
    client = browser(canary.app, ASHA)

    assert client.get("/practitioners").status_code == 403
