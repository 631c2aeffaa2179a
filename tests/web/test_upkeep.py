"""The pages of a service's own desk."""

import re
from uuid import UUID

from sqlalchemy import select

from directory.domain.vocabulary import Service
from directory.operations import agencies
from directory.store.line_tables import PractitionerRow
from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.walks import MARIE, allow_all, browser


def marie(canary: Town) -> CheckingClient:
    return allow_all(browser(canary.app, MARIE))


def ticks(page: str) -> list[str]:
    return re.findall(r'name="involvement" type="checkbox" value="(\d+:\d+)"', page)


def first(client: CheckingClient) -> str:
    """Return the address of the first involvement in the list."""
    return f"/upkeep/{ticks(client.get('/upkeep').text)[0].partition(':')[0]}"


def filled(page: str) -> dict[str, str]:
    """Return what the form for one involvement holds as it is opened."""
    chosen = re.search(r'<option value="([^"]+)" selected>', page)
    revision = re.search(r'name="revision" value="(\d+)"', page)
    last = re.search(r'name="last_involved"[^>]*value="([^"]*)"', page)
    assert chosen
    assert revision
    return {
        "lead": chosen[1],
        "revision": revision[1],
        "last_involved": last[1] if last else "",
        "last_day": "",
    }


def test_a_lead_mends_what_is_told_and_checks_it_first(canary: Town) -> None:
    client = marie(canary)
    address = first(client)
    typed = filled(client.get(address).text) | {"last_involved": "20/11/2026"}

    checked = client.send(f"{address}/check", **typed)
    kept = client.send(address, **typed)

    assert "20 November 2026" in checked.text
    assert "Last day" not in checked.text
    assert kept.location == "/upkeep?said=changed"
    assert "Whoever looks now is told so" in client.get(kept.location).text
    assert "20 November 2026" in client.get(address).text


def test_nothing_is_kept_where_nothing_was_changed(canary: Town) -> None:
    client = marie(canary)
    address = first(client)

    answer = client.send(f"{address}/check", **filled(client.get(address).text))

    assert answer.location == "/upkeep?said=unchanged"
    assert "Nothing was changed" in client.get(answer.location).text


def test_what_cannot_be_so_is_said_at_its_box(canary: Town) -> None:
    client = marie(canary)
    address = first(client)
    typed = filled(client.get(address).text)
    wrong = {
        "lead": "nobody",
        "last_involved": "32/1/2026",
        "last_day": "1/1/2030",
    }

    answer = client.send(f"{address}/check", **(typed | wrong))
    too_early = client.send(address, **(typed | {"last_day": "1/1/1990"}))
    nonsense = client.send(address, **(typed | {"last_day": "soon"}))

    assert answer.status_code == too_early.status_code == nonsense.status_code == 422
    for told in ("Choose who leads", "The day it was last involved", "must not be after today"):
        assert told in answer.text
    assert "It cannot end before it began" in too_early.text


def test_who_mends_what_another_mended_meanwhile_is_shown_both(canary: Town) -> None:
    one, other = marie(canary), marie(canary)
    address = first(one)
    seen = filled(one.get(address).text)
    other.get(address)
    other.send(address, **(seen | {"last_involved": "20/11/2026"}))

    answer = one.send(address, **(seen | {"last_involved": "19/11/2026"}))

    assert answer.status_code == 409
    assert "Somebody changed it since you looked" in answer.text
    assert "20 November 2026" in answer.text
    assert 'value="19/11/2026"' in answer.text
    again = filled(answer.text) | {"last_involved": "19/11/2026"}
    assert one.send(address, **again).location == "/upkeep?said=changed"
    assert one.send(address, **(again | {"revision": "?"})).status_code == 409


def test_many_are_confirmed_or_handed_over_with_one_press(canary: Town) -> None:
    client = marie(canary)
    page = client.get("/upkeep").text
    ticked, lead = ticks(page), filled(client.get(first(client)).text)["lead"]

    confirmed = client.send("/upkeep", involvement=ticked, act="confirm")
    handed = client.send("/upkeep", involvement=ticked, act="hand_over", lead=lead)
    stale = client.send("/upkeep", involvement=ticked, act="confirm")

    many = len(ticked)
    assert confirmed.location == f"/upkeep?said=confirmed&done={many}&of={many}"
    assert f"{many} of {many} confirmed" in client.get(confirmed.location).text
    assert handed.location == f"/upkeep?said=handed_over&done={many}&of={many}"
    assert f"0 of {many} confirmed" in client.get(stale.location).text
    assert "look at them again" in client.get(stale.location).text


def test_who_ticks_nothing_or_chooses_nobody_is_told(canary: Town) -> None:
    client = marie(canary)
    ticked = ticks(client.get("/upkeep").text)

    nothing = client.send("/upkeep", act="confirm", involvement=["1;drop"])
    nobody = client.send("/upkeep", act="hand_over", involvement=ticked, lead="")

    assert "Tick at least one first" in client.get(nothing.location).text
    assert "Choose whom to hand them over to" in client.get(nobody.location).text


def test_a_list_is_of_one_practitioner_where_it_is_asked_so(canary: Town) -> None:
    client = marie(canary)
    found = re.search(r'href="(/upkeep\?lead=[0-9a-f-]{36})"', client.get("/upkeep").text)
    assert found

    page = client.get(found[1]).text

    assert "Only those" in page
    assert ticks(page)
    nobody = client.get("/upkeep?lead=00000000-0000-0000-0000-000000000000").text
    assert "no involvement that goes on here" in nobody
    assert client.get("/upkeep?lead=x").status_code == 404


def test_who_has_left_is_named_beside_who_takes_over(canary: Town) -> None:
    client = marie(canary)
    leads = re.search(
        r'href="/upkeep\?lead=([0-9a-f-]{36})">([^<]+)</a>', client.get("/upkeep").text
    )
    assert leads
    [ticked, *_] = ticks(client.get(f"/upkeep?lead={leads[1]}").text)
    address = f"/upkeep/{ticked.partition(':')[0]}"
    seen = filled(client.get(address).text)
    leave(canary, UUID(leads[1]))

    page = client.get(address).text
    checked = client.send(f"{address}/check", **(seen | {"lead": team_of(page)})).text

    assert "selected" not in page
    assert leads[2] in checked


def team_of(page: str) -> str:
    """Return the value of the first choice that is a team alone."""
    found = re.search(r'<option value="([0-9a-f-]{36}/)">', page)
    assert found
    return found[1]


def leave(town: Town, practitioner: UUID) -> None:
    """Let the council's engineer say that a practitioner of housing has left."""
    asked = select(PractitionerRow.source_reference).where(PractitionerRow.id == practitioner)
    with town.database.reading() as connection:
        [reference] = connection.scalars(asked)
    agencies.deactivate(
        town.ledger, town.operator(), service=Service.HOUSING, source_reference=reference
    )


def test_one_is_found_by_the_service_s_own_reference_alone(canary: Town) -> None:
    client = marie(canary)
    address = first(client)
    page = client.get(address).text
    reference = re.search(r"Your reference</dt><dd[^>]*>([^<]+)<", page)
    assert reference

    found = client.send("/upkeep/find", reference=f" {reference[1]} ")
    nobody = client.send("/upkeep/find", reference="nobody")

    assert found.location == address
    assert "no involvement under that reference" in client.get(nobody.location).text
