"""Nothing undisclosed of the canary's people reaches any page of any role.

What each may see is worked out here by hand from the default matrix, never asked of the code.
"""

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from directory.domain.aliases import PairState
from directory.domain.vocabulary import Service
from directory.operations import aliases
from tests.town import Town
from tests.web.canary import (
    ADULT,
    CSC,
    HOUSING,
    PEOPLE,
    POLICE,
    SCHOOL,
    canaries,
    contact,
    references,
    spell_otherwise,
    standing,
    unit,
    whole,
)
from tests.web.checking import CheckingClient
from tests.web.traces import traces
from tests.web.walks import (
    ASHA,
    BETHAN,
    CALLUM,
    DECLAN,
    DILYS,
    GRACE,
    HELEN,
    IMRAN,
    MARIE,
    NADIA,
    OLWEN,
    OWEN,
    PRIYA,
    RUTH,
    SAM,
    UNA,
    browser,
    say_why,
    sought,
)

Cards = Mapping[tuple[str, Service], frozenset[str]]
FAMILY = ("wrenna", "odalys", "leopold", "tamsin")
ALONE: Cards = {}

ALLOCATED = {
    ("wrenna", CSC): whole("care"),
    ("wrenna", SCHOOL): whole("school"),
    ("odalys", HOUSING): contact("housing"),
    ("odalys", POLICE): unit("police"),
    ("leopold", ADULT): contact("adult"),
}
CLAIMED = ALLOCATED | {
    ("wrenna", CSC): contact("care"),
    ("wrenna", SCHOOL): contact("school"),
}
MANAGED = ALLOCATED | {("wrenna", SCHOOL): contact("school")}
AT_NIGHT: Cards = {
    ("wrenna", CSC): contact("care"),
    ("odalys", POLICE): unit("police"),
    ("leopold", ADULT): contact("adult"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Whom an account looks for, who is on the board then, and what each card tells.

    No members: nobody is found. `may_look`: the account may go on to the board.
    """

    email: str
    key: str
    exactly: bool = False
    members: tuple[str, ...] = FAMILY
    cards: Cards
    listed: frozenset[Service] = frozenset(Service)
    may_look: bool = True


OTHERS_OF_POLICE = frozenset(Service) - {Service.HEALTH, Service.EARLY_HELP, Service.SENSITIVE}
OTHERS_OF_HOUSING = frozenset(Service) - {Service.SENSITIVE}
OWN_OF_POLICE = unit("police") | {"police: reference"}
OWN_STRANGER = unit("stranger") | {"stranger: reference"}
STRANGERS: Cards = {("isolde", POLICE): unit("stranger")}


def alone(
    email: str, key: str, cards: Cards, *, listed: frozenset[Service] = frozenset(Service)
) -> Look:
    """Return the look of a role that is told of one exact person only."""
    return Look(email=email, key=key, exactly=True, members=(key,), cards=cards, listed=listed)


def in_vain(email: str, key: str, *, exactly: bool = False) -> Look:
    """Return a look that finds nobody."""
    return Look(email=email, key=key, exactly=exactly, members=(), cards=ALONE)


LOOKS = (
    Look(email=ASHA, key="wrenna", cards=ALLOCATED),
    Look(email=ASHA, key="odalys", cards=ALLOCATED),
    Look(email=ASHA, key="isolde", members=("isolde",), cards=STRANGERS),
    Look(email=NADIA, key="wrenna", cards=ALLOCATED),
    Look(email=BETHAN, key="wrenna", cards=ALLOCATED),
    Look(email=CALLUM, key="wrenna", cards=CLAIMED),
    Look(email=GRACE, key="wrenna", cards=MANAGED),
    Look(email=GRACE, key="isolde", members=("isolde",), cards=ALONE, may_look=False),
    Look(email=PRIYA, key="wrenna", cards=CLAIMED),
    Look(email=DECLAN, key="wrenna", cards=AT_NIGHT),
    alone(RUTH, "wrenna", {("wrenna", CSC): contact("care")}),
    alone(RUTH, "odalys", {("odalys", HOUSING): contact("housing")}),
    alone(RUTH, "leopold", {("leopold", ADULT): whole("adult")}),
    in_vain(RUTH, "wrenna"),
    in_vain(RUTH, "isolde"),
    alone(
        MARIE, "odalys", {("odalys", HOUSING): whole("housing")}, listed=OTHERS_OF_HOUSING
    ),
    alone(MARIE, "wrenna", ALONE, listed=OTHERS_OF_HOUSING),
    in_vain(MARIE, "leopold", exactly=True),
    in_vain(MARIE, "isolde", exactly=True),
    alone(IMRAN, "wrenna", {("wrenna", CSC): contact("care")}, listed=OTHERS_OF_POLICE),
    alone(IMRAN, "odalys", {("odalys", POLICE): OWN_OF_POLICE}, listed=OTHERS_OF_POLICE),
    alone(IMRAN, "isolde", {("isolde", POLICE): OWN_STRANGER}, listed=OTHERS_OF_POLICE),
    in_vain(IMRAN, "leopold"),
)  # fmt: skip


def of(facts: Iterable[str], *keys: str) -> frozenset[str]:
    """Return these facts of these people."""
    return frozenset(f"{key}: {fact}" for key in keys for fact in facts)


def check(client: CheckingClient, path: str, told: frozenset[str], *, status: int = 200) -> None:
    """Open a page, and see that it tells just that."""
    client.allowed = told
    answer = client.get(path)
    assert (path, answer.status_code, client.told) == (path, status, told)


def check_finding(client: CheckingClient, look: Look, who: Mapping[str, UUID]) -> str:
    """Search, and see what the pages before the board tell; return where the person is chosen."""
    results = sought(client, look.key, exactly=look.exactly)
    typed = of(["name", *(["born"] if look.exactly else [])], look.key)
    found = of(["outward"], look.key) if look.members else frozenset()
    check(client, results, typed | found)
    check(client, f"{results}/change", typed)
    for key, person in who.items():
        if key != look.key or not look.members:
            check(client, f"{results}/{person}", frozenset(), status=404)
    return f"{results}/{who[look.key]}"


def check_board(client: CheckingClient, look: Look, board: str, who: Mapping[str, UUID]) -> None:
    """See what the board and every card tell that could be guessed."""
    names = of(["name"], *look.members)
    former = of(["former name"], *(look.members if len(look.members) > 1 else ()))
    check(client, board, names | former)
    for key, person in who.items():
        for service in Service:
            path = f"{board}/{person}/{service}"
            if key in look.members and service in look.listed:
                told = look.cards.get((key, service), frozenset())
                check(client, path, told | of(["name"], key))
            else:
                check(client, path, frozenset(), status=404)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.email.split('.')[0]}-{look.key}")
def test_each_page_tells_each_role_what_the_matrix_gives_it(look: Look, canary: Town) -> None:
    who = references(canary)
    client = browser(canary.app, look.email)

    chosen = check_finding(client, look, who)

    if look.members:
        check(client, chosen, of(["name"], look.key))
    if look.members and look.may_look:
        check_board(client, look, say_why(client, chosen, look.email).location, who)


@pytest.mark.parametrize(
    ("email", "told"),
    [
        (ASHA, of(["name"], "wrenna")),
        (GRACE, of(["name"], "wrenna")),
        (NADIA, frozenset()),
        (CALLUM, frozenset()),
        (BETHAN, frozenset()),
    ],
)
def test_one_s_own_families_are_named_and_no_more(
    email: str, told: frozenset[str], canary: Town
) -> None:
    client = browser(canary.app, email)

    check(client, "/families/mine", told)


def test_the_search_for_somebody_to_add_tells_what_any_search_does(canary: Town) -> None:
    who, client = references(canary), browser(canary.app, PRIYA)
    results = sought(client, "wrenna")
    client.allowed = of(["name", "former name", "outward"], "wrenna")
    client.get(results)
    board = say_why(client, f"{results}/{who['wrenna']}", PRIYA).location

    check(client, f"{board}/add", frozenset())
    found = client.send(f"{board}/add", name="Isolde Farrowmere").location

    check(client, found, of(["name", "outward"], "isolde"))
    check(client, f"{found}/change", of(["name"], "isolde"))


@pytest.mark.parametrize("email", [HELEN, SAM])
def test_those_who_see_no_people_are_told_of_none(email: str, canary: Town) -> None:
    who, client = references(canary), browser(canary.app, email)
    viewing = uuid4()

    for path in ("/search", "/families/mine", f"/families/{viewing}", f"/search/{viewing}"):
        check(client, path, frozenset(), status=403)
    for person in who.values():
        check(client, f"/families/mine/{person}", frozenset(), status=403)
        check(client, f"/families/{viewing}/{person}/housing", frozenset(), status=403)


def test_the_administrator_s_pages_tell_of_accounts_alone(canary: Town) -> None:
    client = browser(canary.app, SAM)

    for path in ("/accounts", "/accounts/new", "/session"):
        check(client, path, frozenset())


@pytest.mark.parametrize("email", [HELEN, OWEN])
def test_the_register_of_agreements_tells_of_nobody(email: str, canary: Town) -> None:
    client = browser(canary.app, email)
    register = client.get("/agreements").text

    for agreement in re.findall(r'href="(/agreements/[0-9a-f-]{36})"', register):
        for page in ("", "/changes", "/dry-run", "/end"):
            check(client, f"{agreement}{page}", frozenset())


def test_the_ig_lead_is_told_who_looked_at_whom_and_nothing_of_any_service(
    canary: Town,
) -> None:
    who, asha = references(canary), browser(canary.app, ASHA)
    asha.allowed = of(["name", "former name", "outward"], *PEOPLE) | ALLOCATED["odalys", HOUSING]
    results = sought(asha, "wrenna")
    asha.get(results)
    board = say_why(asha, f"{results}/{who['wrenna']}", ASHA).location
    asha.get(board)
    asha.get(f"{board}/{who['odalys']}/{HOUSING}")

    helen = browser(canary.app, HELEN)
    helen.get("/investigations")
    inside = helen.send("/investigations", matter="IG-1", reason="A complaint").location
    check(helen, inside, frozenset())
    found = helen.send(f"{inside}/people", name="Wrenna Quillfeather").location
    check(helen, found, of(["name", "outward"], "wrenna"))
    check(helen, f"{found}/{who['wrenna']}", of(["name", "former name"], "wrenna"))
    check(helen, f"{found}/{who['odalys']}", frozenset(), status=404)
    check(helen, f"{inside}/days/2026-11-23", of(["name"], "wrenna"))


def test_the_pairs_of_names_tell_of_nobody_whom_services_spell_in_two_ways(
    tmp_path: Path,
) -> None:
    with standing(tmp_path / "council") as town:
        spell_otherwise(town)
        aliases.seek_pairs(town.ledger, town.operator(), least=5)
        client = browser(town.app, OLWEN)

        for state in PairState:
            check(client, f"/aliases?state={state}", frozenset())


def test_officers_are_told_whom_an_order_protects_and_a_siro_nobody(canary: Town) -> None:
    who, asha = references(canary), browser(canary.app, ASHA)
    asha.allowed = of(["name", "former name", "outward", "born"], *FAMILY)
    results = sought(asha, "wrenna", exactly=True)
    asha.get(results)
    board = say_why(asha, f"{results}/{who['wrenna']}", ASHA).location
    check(asha, f"{board}/protect", of(["name"], *FAMILY))
    asha.allowed = of(["name", "former name"], *FAMILY)
    asha.send(f"{board}/protect", people=[str(who["wrenna"]), str(who["odalys"])])
    check(asha, board, of(["name"], *FAMILY) | of(["former name"], "leopold", "tamsin"))
    check(asha, "/interests", frozenset())

    una, dilys = (browser(canary.app, each) for each in (UNA, DILYS))
    told = of(["name"], "wrenna", "odalys")
    check(una, "/restrictions", told)
    listed = una.get("/restrictions").text
    found = listed.partition('href="/restrictions/')[2][:36]
    order = f"/restrictions/{found}"
    check(una, order, told)
    check(dilys, "/restrictions", frozenset())
    check(dilys, f"{order}/lift-at-once", frozenset())
    for path in ("/search", "/families/mine", board):
        check(una, path, frozenset(), status=403)
    check(una, f"{board}/protect", frozenset(), status=404)


ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "shouted": str.upper,
    "in an address": quote,
    "escaped": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "in hex": lambda text: text.encode().hex(),
    "in base64": lambda text: base64.b64encode(text.encode()).decode(),
    "in base64 after something": lambda text: base64.b64encode(f"no {text}".encode()).decode(),
    "in base64 for addresses": lambda text: base64.urlsafe_b64encode(f"~~{text}".encode()).decode(),
    "parted by markup": lambda text: escape(text).replace(" ", "</b> <b>"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_fact_is_found_however_it_is_written(encoding: str) -> None:
    every = canaries()
    long = [(each, spelling) for each in every for spelling in each.spellings if len(spelling) > 4]

    missed = {
        spelling
        for each, spelling in long
        if not traces(f"<p>{ENCODINGS[encoding](spelling)}</p>", [each])
    }

    assert missed == set()


def test_an_ordinary_page_tells_of_no_canary(tmp_path: Path) -> None:
    with standing(tmp_path / "council") as town:
        page = browser(town.app, SAM).get("/answers")

    assert traces(page.text, canaries()) == frozenset()


def test_three_letters_of_a_random_token_tell_nothing() -> None:
    token = "q3Zt-8yq-" + "Ab3_" * 9

    assert traces(f'<input value="{token}">', canaries()) == frozenset()
    assert traces(f"<p>8YQ</p><input value='{token}'>", canaries()) == {"odalys: inward"}
