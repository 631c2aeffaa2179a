"""The pages on which a desk adds an involvement."""

import re

from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, MARIE, allow_all, browser

JOSIE = {
    "source_reference": "HSG/90001",
    "forenames": "Josie",
    "surname": "Quillfeather",
    "known_as": "",
    "date_of_birth": "4/5/1988",
    "house": "7",
    "street": "Larkfield Way",
    "postcode": "NX4 9ZZ",
    "nhs_number": "",
    "started": "1/10/2026",
    "last_involved": "12/11/2026",
}


def marie(canary: Town) -> CheckingClient:
    return allow_all(browser(canary.app, MARIE))


def filled(client: CheckingClient, **differing: str) -> dict[str, str]:
    """Return the form as it is typed, with the first practitioner who may lead."""
    lead = re.search(
        r'<option value="([0-9a-f-]{36}/[0-9a-f-]{36})">', client.get("/upkeep/add").text
    )
    assert lead
    return JOSIE | {"lead": lead[1]} | differing


def test_a_lead_adds_an_involvement_and_checks_it_first(canary: Town) -> None:
    client = marie(canary)
    assert 'href="/upkeep/add"' in client.get("/upkeep").text
    typed = filled(client)

    checked = client.send("/upkeep/add/check", **typed)
    added = client.send("/upkeep/add", **typed)

    assert "Quillfeather" in checked.text
    assert "Known as" not in checked.text
    assert added.location == "/upkeep?said=added"
    assert "Others see it as soon as it is known who this is" in client.get(added.location).text
    assert "Josie Quillfeather" in pages_of(client)


def test_what_was_typed_comes_back_to_be_changed(canary: Town) -> None:
    client = marie(canary)

    page = client.send("/upkeep/add", **filled(client, change="yes"))

    assert page.status_code == 200
    assert 'value="Quillfeather"' in page.text


def test_what_cannot_be_so_is_said_at_its_box_and_the_rest_stays(canary: Town) -> None:
    client = marie(canary)
    wrong = filled(client, surname="", postcode="soon", date_of_birth="1/1/2030")

    unfit = client.send("/upkeep/add/check", **filled(client, surname="", postcode="soon"))
    too_soon = client.send("/upkeep/add", **(wrong | {"lead": ""}))
    early = client.send("/upkeep/add", **filled(client, last_involved="1/1/2020"))

    assert unfit.status_code == too_soon.status_code == early.status_code == 422
    for told in ("Surname: must be given", "Postcode: ", 'value="Josie"'):
        assert told in unfit.text
    for told in ("The date of birth must not be after today", "Choose who leads"):
        assert told in too_soon.text
    assert "It cannot be before the involvement began" in early.text


def test_a_reference_of_the_service_s_own_is_said_to_be_taken(canary: Town) -> None:
    client = marie(canary)
    typed = filled(client, source_reference="HSG/90002")
    client.send("/upkeep/add", **typed)

    again = client.send("/upkeep/add", **typed)

    assert again.status_code == 422
    assert "Your service has an involvement under this reference" in again.text


def test_nobody_but_a_desk_adds(canary: Town) -> None:
    client = browser(canary.app, ASHA)

    assert client.get("/upkeep/add").status_code == 403


def pages_of(client: CheckingClient) -> str:
    """Return every page of the list."""
    pages, page = "", 1
    while found := client.get(f"/upkeep?page={page}").text:
        pages += found
        if f"page={page + 1}" not in found:
            break
        page += 1
    return pages
