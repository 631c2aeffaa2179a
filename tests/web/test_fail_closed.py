"""If the entry cannot be written nothing is shown; once it can, all is well at once."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from directory.demo import PASSWORD
from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.walks import (
    ASHA,
    DILYS,
    GRACE,
    HELEN,
    NADIA,
    PRIYA,
    PURPOSES,
    REASON,
    SAM,
    UNA,
    allow_all,
    browser,
    looked_at,
    sought,
)

Fault = Callable[[Town], AbstractContextManager[None]]
Ask = Callable[[CheckingClient], int]

REFUSE = "create trigger refuse before insert on audit_entry begin select raise(abort, 'full'); end"


@contextmanager
def entries_refused(town: Town) -> Iterator[None]:
    """Let the audit table take nothing."""
    with changed(town, REFUSE, "drop trigger refuse"):
        yield


@contextmanager
def table_gone(town: Town) -> Iterator[None]:
    """Let the audit table be missing."""
    there_and_back = (
        "alter table audit_entry rename to gone",
        "alter table gone rename to audit_entry",
    )
    with changed(town, *there_and_back):
        yield


@contextmanager
def chain_without_head(town: Town) -> Iterator[None]:
    """Let the end of the chain be out of reach."""
    there_and_back = (
        "alter table audit_head rename to gone",
        "alter table gone rename to audit_head",
    )
    with changed(town, *there_and_back):
        yield


@contextmanager
def changed(town: Town, spoil: str, mend: str) -> Iterator[None]:
    """Spoil the database as its administrator could, and mend it afterwards."""
    with closing(sqlite3.connect(str(town.database.path), isolation_level=None)) as admin:
        admin.execute(spoil)
        yield
        admin.execute(mend)


@contextmanager
def locked(town: Town) -> Iterator[None]:
    """Let another program hold the write lock for longer than anybody waits."""

    def hurry(connection: DBAPIConnection, _entry: ConnectionPoolEntry, _proxy: object) -> None:
        connection.cursor().execute("pragma busy_timeout=20")

    event.listen(town.database.engine, "checkout", hurry)
    with closing(sqlite3.connect(str(town.database.path), isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")
    event.remove(town.database.engine, "checkout", hurry)


@contextmanager
def read_only(town: Town) -> Iterator[None]:
    """Let the database take no change at all."""

    def forbid(_connection: object, cursor: sqlite3.Cursor, statement: str, *_rest: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            cursor.execute("pragma query_only=1")

    event.listen(town.database.engine, "before_cursor_execute", forbid)
    yield
    event.remove(town.database.engine, "before_cursor_execute", forbid)
    town.database.engine.dispose()


FAULTS = (entries_refused, table_gone, chain_without_head, locked, read_only)


def asked_by_worker(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Priya's browser in the middle of her work, and all that would tell her more."""
    who, client = references(town), allow_all(browser(town.app, PRIYA))
    fresh, results = sought(client, "isolde"), sought(client, "wrenna")
    client.get(results)
    board = looked_at(client, PRIYA, "wrenna", who["wrenna"])
    found = client.send(f"{board}/add", name="Isolde Farrowmere").location
    client.get(found)
    chosen = f"{results}/{who['wrenna']}"
    paths = (
        fresh, results, chosen, board, found, "/session",
        f"{board}/{who['odalys']}/housing", f"{board}/{who['odalys']}/health",
    )  # fmt: skip
    why = {"purpose": PURPOSES[PRIYA], "reason": REASON}
    return client, [
        *(get(path) for path in paths),
        post(chosen, **why),
        post(f"{found}/{who['isolde']}", role="other"),
    ]


def asked_by_lead(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Helen's browser inside an investigation, and all that would tell her more."""
    who, client = references(town), allow_all(browser(town.app, HELEN))
    client.get("/investigations")
    inside = client.send("/investigations", matter="IG-1", reason="A complaint").location
    client.get(inside)
    found = client.send(f"{inside}/people", name="Wrenna Quillfeather").location
    users = client.send(f"{inside}/users", user="Asha").location
    client.get(found)
    page = client.get(users).text
    account = page.split(f"{inside}/accounts/")[1][:36]
    _, _, first, *_ = client.get("/agreements").text.split("/agreements/")
    agreement = f"/agreements/{first[:36]}"
    paths = (
        "/investigations", inside, found, f"{found}/{who['wrenna']}", users,
        f"{inside}/accounts/{account}", f"{inside}/accounts/{account}/sign-ins",
        f"{inside}/days/2026-11-23",
        "/agreements", "/agreements/new", agreement, f"{agreement}/changes", f"{agreement}/dry-run",
        f"{agreement}/end",
    )  # fmt: skip
    asked = [*(get(path) for path in paths), post("/investigations/verify")]
    return client, [*asked, post(f"{agreement}/version")]


def asked_by_others(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Asha's browser, and her own list."""
    client = allow_all(browser(town.app, ASHA))
    path = f"/families/mine/{references(town)['wrenna']}"
    return client, [get("/families/mine"), get(path), post(path, purpose=PURPOSES[ASHA])]


def asked_by_asker(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Asha's browser on a board, and all that leads to a consent and to its end."""
    who, client = references(town)["wrenna"], allow_all(browser(town.app, ASHA))
    pages = f"{looked_at(client, ASHA, 'wrenna', who)}/consent"
    form = client.get(f"{pages}/{who}").text
    organisation = form.partition('name="organisations"')[2].partition('value="')[2][:36]
    asked = {"organisations": organisation, "manner": "by_phone"}
    client.send(f"{pages}/{who}", **asked, answer="waiting")
    waiting = client.get(pages).text.partition(f'href="{pages}/{who}/')[2][:36]
    yes = {"manner": "by_phone", "answer": "yes", "giver": "parent"}
    return client, [
        get(pages),
        get(f"{pages}/{who}"),
        get(f"{pages}/{who}/{waiting}"),
        post(f"{pages}/{who}/{waiting}", **yes),
        post(f"{pages}/{who}", **asked | yes),
        post(f"{pages}/{who}/{waiting}/withdraw"),
    ]


def asked_by_administrator(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Sam's browser, and the accounts."""
    client = allow_all(browser(town.app, SAM))
    find = post("/accounts/organisations", typed="Hilside")
    return client, [get("/accounts"), find]


def asked_by_protector(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Priya's browser on a board, and all that leads to protection and to interests."""
    who, client = references(town), allow_all(browser(town.app, PRIYA))
    protect = f"{looked_at(client, PRIYA, 'wrenna', who['wrenna'])}/protect"
    interest = {"kind": "self", "forenames": "P", "surname": "N", "born": "1/2/1980"}
    return client, [
        get(protect),
        post(protect, people=str(who["wrenna"])),
        get("/interests"),
        post("/interests", **interest),
    ]


def asked_by_officer(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Una's browser at an order, and all that she can do about it."""
    protector, [_, protect, *_] = asked_by_protector(town)
    protect(protector)
    client = allow_all(browser(town.app, UNA))
    found = client.get("/restrictions").text.partition('href="/restrictions/')[2][:36]
    order = f"/restrictions/{found}"
    home = {"house": "4", "street": "Nowhere Lane", "postcode": "NX8 8AA"}
    return client, [
        get("/restrictions"),
        get(order),
        post(f"{order}/name", email=PRIYA),
        post(f"{order}/hide", kind="safety"),
        post(f"{order}/address", **home),
        *(post(f"{order}/{act}") for act in ("review", "look-again", "ask-lifting", "decline")),
    ]


def asked_by_director(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Dilys's browser at an order, which she can lift."""
    asked_by_officer(town)
    client = allow_all(browser(town.app, DILYS))
    found = client.get("/restrictions").text.partition('href="/restrictions/')[2][:36]
    lift = f"/restrictions/{found}/lift-at-once"
    return client, [get("/restrictions"), get(lift), post(lift)]


def asked_by_manager(town: Town) -> tuple[CheckingClient, list[Ask]]:
    """Return Grace's browser at a claim of her team's, which she can confirm."""
    worker = allow_all(browser(town.app, NADIA))
    looked_at(worker, NADIA, "isolde", references(town)["isolde"])
    client = allow_all(browser(town.app, GRACE))
    claim = client.get("/claims").text.partition('action="/claims/')[2][:36]
    return client, [get("/claims"), post(f"/claims/{claim}", outcome="confirmed")]


def get(path: str) -> Ask:
    """Return the asking for a page."""
    return lambda client: client.get(path).status_code


def post(path: str, **typed: str) -> Ask:
    """Return the sending of a form."""
    return lambda client: client.send(path, **typed).status_code


DESKS = (
    asked_by_worker, asked_by_lead, asked_by_others, asked_by_administrator,
    asked_by_protector, asked_by_officer, asked_by_director, asked_by_manager, asked_by_asker,
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.__name__)
def test_nothing_is_shown_whose_entry_cannot_be_written(
    desk: Callable[[Town], tuple[CheckingClient, list[Ask]]], fault: Fault, canary: Town
) -> None:
    client, asked = desk(canary)

    client.allowed = frozenset()
    with fault(canary):
        broken = [ask(client) for ask in asked]
    allow_all(client)
    mended = [ask(client) for ask in asked]

    assert broken == [503] * len(asked)
    assert set(mended) <= {200, 303}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_page_of_a_fault_names_nobody_not_even_its_user(fault: Fault, canary: Town) -> None:
    client = browser(canary.app, PRIYA)
    results = sought(client, "wrenna")

    with fault(canary):
        page = client.get(results)

    assert (page.status_code, "Priya" in page.text, "Nair" in page.text) == (503, False, False)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_nobody_signs_in_while_no_entry_can_be_written(fault: Fault, canary: Town) -> None:
    client = browser(canary.app)
    client.get("/sign-in")
    typed = {"email": PRIYA, "password": PASSWORD}

    with fault(canary):
        broken = client.send("/sign-in", **typed).status_code
    mended = client.send("/sign-in", **typed).status_code

    assert (broken, mended) == (503, 303)
