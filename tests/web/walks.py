"""Walk from a search to a family's board in the checking client, as each account would."""

from collections.abc import Mapping
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from tests.web.canary import PEOPLE
from tests.web.checking import CheckingClient

_COUNCIL = "northshire.example"
ASHA, NADIA, CALLUM = (
    f"{who}@{_COUNCIL}" for who in ("asha.rahman", "nadia.hussain", "callum.reid")
)
BETHAN, GRACE, PRIYA = (
    f"{who}@{_COUNCIL}" for who in ("bethan.rees", "grace.mensah", "priya.nair")
)
DECLAN, RUTH = (f"{who}@{_COUNCIL}" for who in ("declan.byrne", "ruth.calder"))
HELEN, SAM, OLWEN = (f"{who}@{_COUNCIL}" for who in ("helen.ashworth", "sam.okoro", "olwen.pryce"))
UNA, DILYS = f"una.lindqvist@{_COUNCIL}", f"dilys.morgan@{_COUNCIL}"
PIOTR = f"piotr.zielinski@police.{_COUNCIL}"
TOMASZ = "tomasz.novak@befriending.example.org"
OWEN = f"owen.tregear@{_COUNCIL}"
MARIE, IMRAN = "marie.thornton@hillside-homes.example", f"imran.sheikh@police.{_COUNCIL}"

PURPOSES: Mapping[str, str] = {
    ASHA: "child_protection",
    NADIA: "child_protection",
    CALLUM: "child_protection",
    BETHAN: "child_protection",
    GRACE: "child_protection",
    PRIYA: "triage",
    DECLAN: "child_protection",
    RUTH: "adult_safeguarding",
    MARIE: "own_service",
    IMRAN: "police_protection",
    TOMASZ: "early_help",
}
"""What each account that looks at families looks for."""

REASON = "REF/2026/104"


def browser(app: Flask, email: str = "", *, role: str = "") -> CheckingClient:
    """Return a browser in which `email` is signed in, or nobody."""
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    if email:
        client.sign_in(email, role=role)
    return client


def allow_all(client: CheckingClient) -> CheckingClient:
    """Let the browser be told anything: for tests of something else."""
    client.allowed = frozenset(each.fact for each in client.application.config["CANARIES"])
    return client


def sought(client: CheckingClient, key: str, *, exactly: bool = False) -> str:
    """Search for one of PEOPLE by name, and by date of birth if `exactly`; return the results."""
    cells = PEOPLE[key]
    typed = {"name": f"{cells['forenames']} {cells['surname']}"}
    answer = client.send(
        "/search", **typed, **({"born": cells["date_of_birth"]} if exactly else {})
    )
    assert answer.status_code == 303, answer.text
    return answer.location


def say_why(client: CheckingClient, path: str, email: str, *, reason: str = REASON) -> TestResponse:
    """Say why one looks at the person chosen at `path`."""
    client.get(path)
    return client.send(path, purpose=PURPOSES[email], reason=reason)


def looked_at(client: CheckingClient, email: str, key: str, person: UUID) -> str:
    """Search for somebody, choose them, say why, and return the board's address."""
    results = sought(client, key, exactly=True)
    client.get(results)
    answer = say_why(client, f"{results}/{person}", email)
    assert answer.status_code == 303, answer.text
    return answer.location
