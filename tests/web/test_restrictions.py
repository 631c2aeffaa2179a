"""The pages of protected records: asked for on a board, decided by officers, lifted by two."""

import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.walks import (
    ASHA,
    CALLUM,
    DILYS,
    PIOTR,
    PRIYA,
    UNA,
    allow_all,
    browser,
    looked_at,
    sought,
)

NAMES = frozenset(f"{key}: name" for key in ("wrenna", "odalys", "leopold", "tamsin"))
SAFE = {"house": "4", "street": "Nowhere Lane", "postcode": "NX8 8AA"}
DAY = timedelta(hours=25)


def ask_for(town: Town, *keys: str) -> str:
    """Ask, as Asha from Wrenna's board, that these be protected; return the order's address."""
    who, client = references(town), allow_all(browser(town.app, ASHA))
    board = looked_at(client, ASHA, "wrenna", who["wrenna"])
    client.get(f"{board}/protect")
    answer = client.send(f"{board}/protect", people=[str(who[key]) for key in keys])
    assert answer.location == f"{board}?said=protected"
    return the_order(desk(town))


def desk(town: Town, email: str = UNA) -> CheckingClient:
    client = allow_all(browser(town.app, email))
    client.get("/restrictions")
    return client


def the_order(client: CheckingClient) -> str:
    """Return the address of the first order of the list."""
    found = re.search(r'href="(/restrictions/[0-9a-f-]{36})', client.get("/restrictions").text)
    assert found is not None
    return found[1]


def faults(page: TestResponse) -> list[str]:
    """Return which fields carry a fault of their own."""
    return re.findall(r'<p id="([\w-]+)-error" class="govuk-error-message"', page.text)


def finds(town: Town, email: str, key: str = "wrenna") -> bool:
    client = allow_all(browser(town.app, email))
    return "Choose<" in client.get(sought(client, key, exactly=True)).text


def test_every_member_seen_is_ticked_and_asked_for(canary: Town) -> None:
    who, client = references(canary), browser(canary.app, ASHA)
    client.allowed = (
        NAMES
        | {"wrenna: outward", "wrenna: born"}
        | {each.replace("name", "former name") for each in NAMES}
    )
    board = looked_at(client, ASHA, "wrenna", who["wrenna"])
    assert f'href="{board}/protect"' in client.get(board).text
    client.allowed = NAMES

    page = client.get(f"{board}/protect")

    assert client.told == NAMES
    assert page.text.count(" checked") == 4
    assert "until a protected-records officer decides" in page.text


def test_who_is_asked_for_is_behind_a_broker_at_once_and_says_so(canary: Town) -> None:
    ask_for(canary, "odalys")
    who, client = references(canary), allow_all(browser(canary.app, ASHA))

    board = client.get(looked_at(client, ASHA, "wrenna", who["wrenna"]) + "?said=protected").text

    _, _, odalys = board.partition('aria-label="Odalys Brackenshaw"')
    assert "Single point of contact" in odalys.partition("</section>")[0]
    assert "no working relationship" not in board
    assert 'role="status">Done.' in board


@pytest.mark.parametrize("people", [[], ["nobody"], ["2f6d0a5e-0000-4000-8000-000000000000"]])
def test_nobody_is_protected_by_a_form_that_names_nobody_of_the_board(
    canary: Town, people: list[str]
) -> None:
    who, client = references(canary), allow_all(browser(canary.app, ASHA))
    board = looked_at(client, ASHA, "wrenna", who["wrenna"])
    client.get(f"{board}/protect")

    answer = client.send(f"{board}/protect", people=people)

    assert (answer.status_code, "There is a problem" in answer.text) == (422, True)
    assert "No order is in force" in desk(canary).get("/restrictions").text


def test_an_officer_is_told_names_and_nothing_of_any_service(canary: Town) -> None:
    order, client = ask_for(canary, "wrenna", "odalys"), browser(canary.app, UNA)
    client.allowed = NAMES

    listed, shown = client.get("/restrictions"), client.get(order)

    assert "Decide: waiting since 23 November 2026" in listed.text
    assert "Wrenna Quillfeather (10)" in shown.text
    assert "Asha Rahman, 23 November 2026" in shown.text


def test_whoever_is_hidden_is_found_by_those_named_alone(canary: Town) -> None:
    order, una = ask_for(canary, "wrenna"), desk(canary)
    assert finds(canary, CALLUM)

    hidden = una.send(f"{order}/hide", kind="safety")
    named = una.send(f"{order}/name", email=PRIYA)

    assert [hidden.location, named.location] == [f"{order}?said=hidden", f"{order}?said=named"]
    assert "Take out Priya Nair" in una.get(named.location).text
    assert (finds(canary, CALLUM), finds(canary, PRIYA)) == (False, True)
    account = re.search(r"/named/([0-9a-f-]{36})/remove", una.get(order).text)
    assert account is not None
    una.send(f"{order}/named/{account[1]}/remove")
    assert not finds(canary, PRIYA)


@pytest.mark.parametrize(
    ("path", "typed", "field"),
    [
        ("hide", {}, "kind"),
        ("hide", {"kind": "under_review"}, "kind"),
        ("hide", {"kind": "adoption"}, "for_good"),
        ("name", {"email": ""}, "email"),
        ("name", {"email": "nobody"}, "email"),
        ("name", {"email": "nobody@northshire.example"}, "email"),
        ("address", {**SAFE, "postcode": ""}, "postcode"),
        ("address", {**SAFE, "postcode": "NX8"}, "postcode"),
        ("address", {**SAFE, "house": "x" * 300}, "house"),
    ],
)
def test_what_an_officer_typed_wrongly_is_said_at_its_field(
    canary: Town, path: str, typed: dict[str, str], field: str
) -> None:
    order, una = ask_for(canary, "wrenna"), desk(canary)

    answer = una.send(f"{order}/{path}", **typed)

    assert (answer.status_code, faults(answer)) == (422, [field])
    assert "Asked for, not yet decided" in una.get(order).text


def test_a_sixth_user_is_not_named(canary: Town) -> None:
    order, una = ask_for(canary, "wrenna"), desk(canary)
    for each in ("nadia.hussain", "bethan.rees", "grace.mensah", "ruth.calder", "priya.nair"):
        una.send(f"{order}/name", email=f"{each}@northshire.example")

    answer = una.send(f"{order}/name", email=CALLUM)

    assert (answer.status_code, "names 5 already" in answer.text) == (422, True)


def test_a_safe_address_is_kept_and_shown_to_nobody(canary: Town) -> None:
    order, una = ask_for(canary, "wrenna"), desk(canary)

    answer = una.send(f"{order}/address", **SAFE)

    page = una.get(answer.location).text
    assert "Kept a safe address" in page
    assert not [each for each in SAFE.values() if len(each) > 1 and each in page]


def test_what_was_done_is_said_and_stands_in_the_order_s_life(canary: Town) -> None:
    order, una = ask_for(canary, "wrenna"), desk(canary)

    for path, words in (("review", "to be reviewed again"), ("look-again", "Whoever was found")):
        answer = una.send(f"{order}/{path}")
        assert words in una.get(answer.location).text
    assert "Reviewed: it still holds</strong>" in una.get(order).text
    assert 'role="status"' not in una.get(f"{order}?said=anything").text


def test_an_adoption_is_for_good_and_says_so(canary: Town) -> None:
    order, una, dilys = ask_for(canary, "wrenna"), desk(canary), desk(canary, DILYS)

    answer = una.send(f"{order}/hide", kind="adoption", for_good="y")

    assert "it is never lifted" in una.get(answer.location).text
    assert "lifting" not in una.get(order).text.partition("What was done")[0]
    refused = una.send(f"{order}/ask-lifting")
    at_once = dilys.send(f"{order}/lift-at-once")
    for each in (refused, at_once):
        assert (each.status_code, "made for an adoption" in each.text) == (409, True)


def test_lifting_takes_two_of_two_organisations_and_a_day(canary: Town) -> None:
    order, una = ask_for(canary, "wrenna"), desk(canary)
    una.send(f"{order}/hide", kind="court")
    una.send(f"{order}/ask-lifting")

    alone = una.send(f"{order}/agree")
    early = desk(canary, PIOTR).send(f"{order}/agree")
    canary.clock.pass_by(DAY)
    piotr = desk(canary, PIOTR)
    lifted = piotr.send(f"{order}/agree")

    assert (alone.status_code, "somebody else has to do this" in alone.text) == (409, True)
    assert (early.status_code, "24 hours have not passed" in early.text) == (409, True)
    assert lifted.location == "/restrictions?said=lifted"
    assert "The order is lifted" in piotr.get(lifted.location).text
    assert piotr.get(order).status_code == 404
    assert finds(canary, CALLUM)


def test_what_is_declined_holds(canary: Town) -> None:
    order, una = ask_for(canary, "wrenna"), desk(canary)
    una.send(f"{order}/ask-lifting")

    answer = una.send(f"{order}/decline")

    assert "Declined. It holds as before" in una.get(answer.location).text
    assert una.send(f"{order}/decline").status_code == 404


def test_a_siro_lifts_at_once_and_is_told_nobody_s_name(canary: Town) -> None:
    order, una = ask_for(canary, "wrenna"), desk(canary)
    una.send(f"{order}/hide", kind="safety")
    dilys = browser(canary.app, DILYS)

    listed, asked = dilys.get("/restrictions"), dilys.get(f"{order}/lift-at-once")
    led = dilys.get(order)
    answer = dilys.send(f"{order}/lift-at-once")
    after = dilys.get(answer.location)

    assert "You stand in as duty director" in listed.text
    assert (asked.status_code, led.location) == (200, f"{order}/lift-at-once")
    assert "has to countersign" in after.text
    assert dilys.get(f"{order}/lift-at-once").status_code == 404
    assert finds(canary, CALLUM)


def test_an_officer_countersigns_what_was_lifted_at_once(canary: Town) -> None:
    order, una, dilys = ask_for(canary, "wrenna"), desk(canary), desk(canary, DILYS)
    dilys.send(f"{order}/lift-at-once")

    listed, page = una.get("/restrictions"), una.get(order)
    answer = una.send(f"{order}/countersign")

    assert "Countersign by the end of 24 November 2026" in listed.text
    assert "was lifted at once" in page.text
    assert "No order is in force" in una.get(answer.location).text


def test_what_is_due_stands_first(canary: Town) -> None:
    first, una = ask_for(canary, "wrenna"), desk(canary)
    una.send(f"{first}/hide", kind="safety")
    canary.clock.pass_by(timedelta(days=200))
    late = desk(canary)
    assert "Review: due since" in late.get("/restrictions").text

    late.send(f"{first}/review")

    page = late.get("/restrictions").text
    assert ("In force: review due" in page, "To be done" in page) == (True, False)


DECLARED = {
    "kind": "relative", "forenames": "Wrenna", "surname": "QUILLFEATHER", "born": "7/7/2016",
}  # fmt: skip


def test_somebody_declared_is_found_by_that_user_no_longer(canary: Town) -> None:
    client = browser(canary.app, CALLUM)
    assert 'href="/interests"' in client.get("/session").text
    client.get("/interests")

    answer = client.send("/interests", **DECLARED)

    page = client.get(answer.location)
    assert (client.told, "Relatives and former partners: 1" in page.text) == (frozenset(), True)
    assert (finds(canary, CALLUM), finds(canary, PRIYA)) == (False, True)


def test_the_page_is_the_same_whether_or_not_anybody_was_found(canary: Town) -> None:
    pages = []
    for email, surname in ((CALLUM, "Quillfeather"), (PRIYA, "Nobody")):
        client = browser(canary.app, email)
        client.get("/interests")
        answer = client.send("/interests", **(DECLARED | {"surname": surname}))
        main = client.get(answer.location).text.partition("<main")[2].partition("</main>")[0]
        pages.append(re.sub(r'value="[0-9a-f]{64}"', "", main))

    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", ""),
        ("kind", "rival"),
        ("forenames", ""),
        ("surname", "x" * 300),
        ("born", ""),
        ("born", "31/2/2016"),
        ("born", "1/1/2050"),
        ("born", "1/1/16"),
    ],
)
def test_what_was_declared_wrongly_is_said_at_its_field_and_kept(
    canary: Town, field: str, typed: str
) -> None:
    client = allow_all(browser(canary.app, CALLUM))
    client.get("/interests")

    answer = client.send("/interests", **(DECLARED | {field: typed}))

    assert (answer.status_code, faults(answer)) == (422, [field])
    assert ('value="QUILLFEATHER"' in answer.text) == (field != "surname")
    assert "Nobody yet" in client.get("/interests").text


def test_only_who_may_declare_is_led_there(canary: Town) -> None:
    for email in (UNA, DILYS):
        assert "/interests" not in browser(canary.app, email).get("/session").text
