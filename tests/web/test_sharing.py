"""The pages of agreements: drafted, checked, signed, compared, made active, ended; and previews."""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, HELEN, OWEN, SAM, allow_all, browser, looked_at

SOUND = {
    "reference": "NS-ISA-9",
    "title": "Early help contacts",
    "country": "England",
    "confidentiality": "legal_duty",
    "powers": ["Children Act 1989, section 47"],
    "bases": ["UK GDPR, Article 6(1)(e), public task"],
    "special": ["UK GDPR, Article 9(2)(g), substantial public interest"],
    "schedule": ["Schedule 1, paragraph 18, safeguarding children and people at risk"],
    "policy_document": "NS-APD-2",
    "purposes": ["child_protection"],
    "services": ["health"],
    "fields": ["team", "duty_line"],
    "dpia": "NS-DPIA-9",
    "start": "1/11/2026",
    "review": "1/11/2027",
    "end": "1/11/2028",
    "seen": "",
}
NAMES = frozenset({"wrenna: name", "wrenna: former name", "wrenna: outward"})


def words(page: TestResponse) -> str:
    """Return what the page's main part says, on one line."""
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def faults(page: TestResponse) -> list[str]:
    """Return which fields carry a fault of their own."""
    return re.findall(r'<p id="([\w-]+)-error" class="govuk-error-message"', page.text)


def parties(lead: CheckingClient, *names: str) -> list[str]:
    """Return by what the named organisations are chosen as parties."""
    page = lead.get("/agreements/new").text
    found = re.findall(
        r'name="parties" type="checkbox" value="([^"]+)">\s*<label[^>]*>([^<]+)<', page
    )
    by_name = {unescape(name).strip(): value for value, name in found}
    return [by_name[each] for each in names]


def drafted(lead: CheckingClient, **differing: object) -> str:
    """Draft an agreement of the council and Hillside, and return its address."""
    whose = parties(lead, "Northshire Council", "Hillside Homes")
    sent = SOUND | {"parties": whose, "step": "keep"} | differing
    answer = lead.send("/agreements/new", **sent)
    assert answer.status_code == 303, words(answer)
    return answer.location


def seen_by(lead: CheckingClient, agreement: str) -> str:
    """Return by what it is told that a draft is as it was seen now."""
    found = re.search(r'name="seen" value="([^"]*)"', lead.get(f"{agreement}/edit").text)
    assert found is not None
    return found[1]


def signed(lead: CheckingClient, agreement: str) -> None:
    """Enter the signature of every party."""
    while "has not signed" in lead.get(agreement).text:
        page = lead.get(f"{agreement}/sign").text
        offered = re.search(r'<option value="([0-9a-f-]{36})"', page)
        seen = re.search(r'name="seen" value="([^"]*)"', page)
        assert offered is not None
        assert seen is not None
        answer = lead.send(
            f"{agreement}/sign",
            organisation=offered[1],
            signed_on="20/11/2026",
            signed_by="Ada Field, director",
            seen=seen[1],
        )
        assert answer.status_code == 303, words(answer)


def activated(client: CheckingClient, agreement: str) -> TestResponse:
    """Press the button of the page that says what would change, or send what it would."""
    seen = re.search(r'name="seen" value="([^"]*)"', client.get(f"{agreement}/changes").text)
    return client.send(f"{agreement}/activate", seen=seen[1] if seen else "")


def test_an_agreement_goes_from_draft_to_active_and_its_service_answers(canary: Town) -> None:
    lead, officer = browser(canary.app, HELEN), browser(canary.app, OWEN)
    agreement = drafted(lead)
    assert "Signature is missing: Hillside Homes" in words(lead.get(agreement))
    signed(lead, agreement)
    assert "Nothing is missing" in words(lead.get(agreement))

    assert "somebody else has to make it active" in words(lead.get(f"{agreement}/changes"))
    changes = words(officer.get(f"{agreement}/changes"))
    assert "These roles would see more" in changes
    assert "Children's social worker, allocated to them" in changes
    assert activated(officer, agreement).status_code == 303

    assert "Active" in words(lead.get(agreement))
    worker = allow_all(browser(canary.app, ASHA))
    board = looked_at(worker, ASHA, "wrenna", references(canary)["wrenna"])
    card = words(worker.get(f"{board}/{references(canary)['wrenna']}/health"))
    assert "Lead Zq" not in card
    assert "nest" in card


def test_what_is_missing_is_named_where_it_is_to_be_made_active(canary: Town) -> None:
    lead, officer = browser(canary.app, HELEN), browser(canary.app, OWEN)
    agreement = drafted(lead, dpia="", powers=[])
    signed(lead, agreement)

    refused = officer.send(f"{agreement}/activate", seen=seen_by(lead, agreement))

    assert refused.status_code == 422
    said = words(refused)
    assert "No legal power is named" in said
    assert "The reference of the impact assessment (DPIA) is missing" in said
    assert f"{agreement}/activate" not in refused.text


def test_whoever_changed_it_last_is_told_that_somebody_else_must(canary: Town) -> None:
    lead = browser(canary.app, HELEN)
    agreement = drafted(lead)
    signed(lead, agreement)

    answer = lead.send(f"{agreement}/activate", seen=seen_by(lead, agreement))

    assert answer.status_code == 422
    assert "You changed it last" in words(answer)


def test_answers_are_shown_once_more_before_they_are_kept(canary: Town) -> None:
    lead = browser(canary.app, HELEN)
    lead.get("/agreements/new")

    check = lead.send("/agreements/new", **SOUND)
    again = lead.send("/agreements/new", **SOUND, step="change")

    assert check.status_code == again.status_code == 200
    assert "Purposes Child protection enquiry (section 47) Services" in words(check)
    assert 'value="child_protection" checked' in again.text
    assert "NS-ISA-9" not in lead.get("/agreements").text


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("reference", ""),
        ("reference", "two words"),
        ("title", ""),
        ("title", "x" * 201),
        ("title", "about 999 000 0018"),
        ("start", "31/2/2026"),
        ("review", "soon"),
        ("review", "1/1/2099"),
        ("end", ""),
        ("end", "1/11/2026"),
        ("end", "31/12/9999"),
        ("dpia", "x" * 41),
        ("policy_document", "x" * 121),
        ("powers", ["consent"]),
        ("services", ["gardening"]),
        ("fields", ["shoe size"]),
        ("parties", ["nobody"]),
        ("confidentiality", "because"),
        ("country", "France"),
    ],
)
def test_a_draft_that_cannot_be_kept_says_the_fault_at_its_field(
    canary: Town, name: str, wrong: object
) -> None:
    lead = browser(canary.app, HELEN)
    lead.get("/agreements/new")

    page = lead.send("/agreements/new", **(SOUND | {name: wrong, "step": "keep"}))

    assert (page.status_code, faults(page)) == (422, [name])
    assert "NS-ISA-9" not in lead.get("/agreements").text


def test_an_agreement_that_begins_in_a_far_century_is_refused(canary: Town) -> None:
    lead = browser(canary.app, HELEN)
    lead.get("/agreements/new")
    far = {"start": "1/1/9990", "review": "31/12/9998", "end": "31/12/9999", "step": "keep"}

    page = lead.send("/agreements/new", **(SOUND | far))

    assert (page.status_code, faults(page)) == (422, ["start"])


def test_a_reference_that_stands_already_is_refused_at_its_field(canary: Town) -> None:
    lead = browser(canary.app, HELEN)
    lead.get("/agreements/new")

    page = lead.send("/agreements/new", **(SOUND | {"reference": "NS-ISA-1", "step": "keep"}))

    assert (page.status_code, faults(page)) == (422, ["reference"])


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("organisation", ""), ("signed_on", "24/11/2026"), ("signed_on", ""), ("signed_by", "")],
)
def test_a_signature_that_cannot_be_says_the_fault_at_its_field(
    canary: Town, name: str, wrong: str
) -> None:
    lead = browser(canary.app, HELEN)
    agreement = drafted(lead)
    page = lead.get(f"{agreement}/sign").text
    offered = re.search(r'<option value="([0-9a-f-]{36})"', page)
    assert offered is not None
    sound = {"organisation": offered[1], "signed_on": "20/11/2026", "signed_by": "Ada Field"}

    answer = lead.send(f"{agreement}/sign", **(sound | {name: wrong}))

    assert (answer.status_code, faults(answer)) == (422, [name])


def test_a_draft_that_changed_meanwhile_is_left_alone_and_said(canary: Town) -> None:
    lead = browser(canary.app, HELEN)
    agreement = drafted(lead)
    lead.get(f"{agreement}/edit")

    answer = lead.send(f"{agreement}/edit", **(SOUND | {"seen": "before", "step": "keep"}))

    assert answer.status_code == 409
    assert "Somebody changed this draft meanwhile" in words(answer)


def test_the_next_version_is_begun_from_the_active_one_and_only_once(canary: Town) -> None:
    lead = browser(canary.app, HELEN)
    standing = standing_agreement(lead)
    lead.get(standing)

    begun = lead.send(f"{standing}/version")
    again = lead.send(f"{standing}/version")

    assert begun.status_code == 303
    assert "NS-ISA-1 v4" in words(lead.get(begun.location))
    assert again.status_code == 409
    assert lead.get(f"{standing}/edit").status_code == 404


def standing_agreement(lead: CheckingClient) -> str:
    """Return the address of the town's active agreement."""
    found = re.search(
        r'href="(/agreements/[0-9a-f-]{36})">Northshire safeg', lead.get("/agreements").text
    )
    assert found is not None
    return found[1]


def test_an_ended_agreement_says_so_and_its_service_is_not_available(canary: Town) -> None:
    officer, worker = browser(canary.app, OWEN), allow_all(browser(canary.app, ASHA))
    board = looked_at(worker, ASHA, "wrenna", references(canary)["wrenna"])
    standing = standing_agreement(officer)
    officer.get(f"{standing}/end")

    assert officer.send(f"{standing}/end").status_code == 303

    assert "Ended on 23 November 2026" in words(officer.get(standing))
    assert "available here today" in words(worker.get(board))


def test_the_register_warns_of_what_nears(canary: Town) -> None:
    lead, officer = browser(canary.app, HELEN), browser(canary.app, OWEN)
    agreement = drafted(lead, review="30/11/2026", end="18/12/2026")
    signed(lead, agreement)
    activated(officer, agreement)

    said = words(lead.get("/agreements"))

    assert "Review is due in 7 days , on 30 November 2026." in said
    assert "Ends in 25 days , on 18 December 2026." in said


@pytest.mark.parametrize("page", ["", "/changes", "/dry-run"])
def test_the_pages_of_agreements_tell_of_nobody(canary: Town, page: str) -> None:
    worker = allow_all(browser(canary.app, ASHA))
    looked_at(worker, ASHA, "wrenna", references(canary)["wrenna"])
    lead = browser(canary.app, HELEN)
    agreement = drafted(lead)

    for path in ("/agreements", f"{agreement}{page}"):
        assert lead.get(path).status_code == 200
        assert lead.told == frozenset()


def test_a_dry_run_counts_last_month_s_looks(canary: Town) -> None:
    worker = allow_all(browser(canary.app, ASHA))
    board = looked_at(worker, ASHA, "wrenna", references(canary)["wrenna"])
    worker.get(board)
    lead = browser(canary.app, HELEN)

    said = words(lead.get(f"{drafted(lead)}/dry-run"))

    assert "1 boards and cards of the last 31 days" in said
    assert "Children's social worker Health 1 0" in said


@pytest.mark.parametrize("email", [ASHA, SAM])
def test_who_keeps_no_register_is_led_nowhere_near_it(canary: Town, email: str) -> None:
    client = browser(canary.app, email)

    assert client.get("/agreements").status_code == 403
    assert "/agreements" not in client.get("/session").text


def test_an_officer_reads_and_activates_and_does_not_draft(canary: Town) -> None:
    officer = browser(canary.app, OWEN)

    assert officer.get("/").location == "/agreements"
    assert "Draft a new agreement" not in officer.get("/agreements").text
    assert officer.get("/agreements/new").status_code == 403


def inquiry(canary: Town, lead: CheckingClient) -> str:
    """Open an investigation that names Wrenna, and return its address."""
    lead.get("/investigations")
    inside = lead.send("/investigations", matter="IG-1", reason="A complaint").location
    lead.get(inside)
    found = lead.send(f"{inside}/people", name="Wrenna Quillfeather").location
    lead.allowed = NAMES
    lead.get(found)
    person = references(canary)["wrenna"]
    lead.get(f"{found}/{person}")
    assert lead.send(f"{found}/{person}/name").status_code == 303
    return inside


def test_a_preview_shows_answers_and_parts_and_never_a_contact(canary: Town) -> None:
    lead = browser(canary.app, HELEN)
    inside = inquiry(canary, lead)
    page = lead.get(f"{inside}/preview").text
    council = re.search(r'<option value="([0-9a-f-]{36})">Northshire Council', page)
    assert council is not None

    seen = lead.send(
        f"{inside}/preview",
        role="childrens_social_worker",
        organisation=council[1],
        purpose="child_protection",
    )

    assert seen.status_code == 200
    assert lead.told == {"wrenna: name"}
    said = words(seen)
    assert "School Involved L5 organisation, team, duty line" in said
    assert "NS-ISA-1 v3" in said


@pytest.mark.parametrize(
    ("name", "wrong"), [("role", "gardener"), ("organisation", "x"), ("purpose", "direct_care")]
)
def test_a_preview_of_nobody_s_sight_says_the_fault(canary: Town, name: str, wrong: str) -> None:
    lead = browser(canary.app, HELEN)
    inside = inquiry(canary, lead)
    page = lead.get(f"{inside}/preview").text
    council = re.search(r'<option value="([0-9a-f-]{36})">Northshire Council', page)
    assert council is not None
    sound = {
        "role": "childrens_social_worker", "organisation": council[1], "purpose": "triage",
    }  # fmt: skip

    answer = lead.send(f"{inside}/preview", **(sound | {name: wrong}))

    assert (answer.status_code, faults(answer)) == (422, [name])


def test_there_is_no_preview_until_the_investigation_names_somebody(canary: Town) -> None:
    lead = browser(canary.app, HELEN)
    lead.get("/investigations")
    inside = lead.send("/investigations", matter="IG-1", reason="A complaint").location

    assert lead.get(f"{inside}/preview").status_code == 404
