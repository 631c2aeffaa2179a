"""A council whose few people carry unmistakable facts, taken in as extracts like any others."""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from jinja2 import FileSystemBytecodeCache
from sqlalchemy import insert, select, update

from directory import demo
from directory.app import Means, build
from directory.domain.access import Access
from directory.domain.extracts import ExtractOutcome
from directory.domain.vocabulary import Role, Service
from directory.operations import accounts, council, extracts
from directory.paths import SEED_DATA
from directory.store.account_tables import AccountRow
from directory.store.engine import Database
from directory.store.line_tables import LineNameRow, LineRow
from directory.store.matching_tables import MatchingActRow, WaitingRow
from directory.store.schema import upgrade
from directory.wiring import open_ledger, working_holidays
from tests.operations.extracts_world import Cells, allocation, file_of, line, person, tie, unheard
from tests.town import AS_OF, CHEAP, KEYS, MORNING, Clock, Town
from tests.web.traces import Canary

Feeds = Mapping[Service, tuple[Cells, ...]]

CSC, SCHOOL, ADULT = Service.CHILDRENS_SOCIAL_CARE, Service.SCHOOL, Service.ADULT_SOCIAL_CARE
HOUSING, POLICE, HEALTH = Service.HOUSING, Service.POLICE, Service.HEALTH
JUSTICE, EARLY_HELP, SENSITIVE = Service.JUSTICE, Service.EARLY_HELP, Service.SENSITIVE

PEOPLE: Mapping[str, Cells] = {
    "wrenna": {
        "forenames": "Wrenna", "surname": "Quillfeather", "former_surname": "Dusklark",
        "nhs_number": "9994242407", "date_of_birth": "07/07/2016",
        "house": "7", "street": "Zoffany Ginnel", "postcode": "NX71 7ZQ",
    },
    "odalys": {
        "forenames": "Odalys", "surname": "Brackenshaw", "former_surname": "Thistlewyck",
        "nhs_number": "9994242415", "date_of_birth": "19/05/1988",
        "house": "9", "street": "Yaffle Snicket", "postcode": "NX72 8YQ",
    },
    "leopold": {
        "forenames": "Leopold", "surname": "Marrowby", "former_surname": "Umberslade",
        "nhs_number": "9994242423", "date_of_birth": "03/03/1951",
        "house": "3", "street": "Xanthe Twitten", "postcode": "NX73 9XQ",
    },
    "tamsin": {
        "forenames": "Tamsin", "surname": "Oakhollow", "former_surname": "Vexley",
        "nhs_number": "9994242431", "date_of_birth": "02/02/2024",
        "house": "2", "street": "Wimble Jennel", "postcode": "NX74 6WQ",
    },
    "isolde": {
        "forenames": "Isolde", "surname": "Farrowmere", "former_surname": "Kestrelby",
        "nhs_number": "9994242458", "date_of_birth": "21/10/1979",
        "house": "5", "street": "Vennel Loke", "postcode": "NX75 5VQ",
    },
}  # fmt: skip
"""Four of one family, and Isolde, whom the police alone know."""

BORN = {"wrenna": "7 July 2016", "odalys": "19 May 1988", "leopold": "3 March 1951",
        "tamsin": "2 February 2024", "isolde": "21 October 1979"}  # fmt: skip

ON_THE_DAY = {"started": "17/01/2020", "last_involved": "13/10/2026", "ended": ""}
ENDED_18_MONTHS_AGO = {
    "started": "17/01/2020",
    "last_involved": "13/05/2025",
    "ended": "13/05/2025",
}
SILENT_6_YEARS = {"started": "17/01/2011", "last_involved": "13/10/2020", "ended": ""}

INVOLVEMENTS: Mapping[str, tuple[Service, str, Cells]] = {
    "school": (SCHOOL, "wrenna", ON_THE_DAY),
    "housing": (HOUSING, "odalys", ON_THE_DAY),
    "police": (POLICE, "odalys", ON_THE_DAY),
    "adult": (ADULT, "leopold", ON_THE_DAY),
    "stranger": (POLICE, "isolde", ON_THE_DAY),
    "long ended": (ADULT, "odalys", ENDED_18_MONTHS_AGO),
    "long silent": (POLICE, "wrenna", SILENT_6_YEARS),
    "too young": (SCHOOL, "tamsin", ON_THE_DAY),
    "too young too": (HOUSING, "wrenna", ON_THE_DAY),
    "no agreement": (HEALTH, "wrenna", ON_THE_DAY),
    "none either": (JUSTICE, "odalys", ON_THE_DAY),
    "no coverage": (EARLY_HELP, "wrenna", ON_THE_DAY),
    "sensitive": (SENSITIVE, "odalys", ON_THE_DAY),
}
"""What each service sends, under the name this suite calls it by."""

_NUMBERS = {name: number for number, name in enumerate(("care", *INVOLVEMENTS), 10)}
_CONTACT = ("name", "role", "phone", "email", "team", "organisation", "duty", "out_of_hours")


def contact(name: str) -> frozenset[str]:
    """Return the facts of an involvement that its contact card tells at level 4."""
    return frozenset(f"{name}: {fact}" for fact in _CONTACT)


def whole(name: str) -> frozenset[str]:
    """Return the facts of an involvement that level 5 tells: the source's reference too."""
    return contact(name) | {f"{name}: reference"}


def unit(name: str) -> frozenset[str]:
    """Return the facts of a contact that names no practitioner, for their safety."""
    return frozenset(f"{name}: {fact}" for fact in ("team", "organisation", "duty", "out_of_hours"))


def canaries() -> tuple[Canary, ...]:
    """Return every fact of the council's people and of the services' involvements with them."""
    found = [each for key in PEOPLE for each in _of_person(key)]
    return (*found, *(each for name in _NUMBERS for each in _of_involvement(name)))


def _of_person(key: str) -> tuple[Canary, ...]:
    cells = PEOPLE[key]
    number, postcode = cells["nhs_number"], cells["postcode"]
    outward, inward = postcode.split()
    day, month, year = cells["date_of_birth"].split("/")
    return (
        Canary(f"{key}: name", (cells["surname"],)),
        Canary(f"{key}: former name", (cells["former_surname"],)),
        Canary(f"{key}: NHS number", (number, f"{number[:3]} {number[3:6]} {number[6:]}")),
        Canary(f"{key}: born", (f"{day}/{month}/{year}", f"{year}-{month}-{day}", BORN[key])),
        Canary(f"{key}: street", (cells["street"],)),
        Canary(f"{key}: outward", (outward,)),
        Canary(f"{key}: inward", (inward, postcode, postcode.replace(" ", ""))),
        Canary(f"{key}: reference", (f"ZQ-PERSON-{key}", f"ZQPERSON{key}")),
    )


def _of_involvement(name: str) -> tuple[Canary, ...]:
    cells = _contact_cells(name)
    numbers = {
        "phone": cells["practitioner_phone"], "duty": cells["team_duty_line"],
        "out_of_hours": cells["team_out_of_hours_line"],
    }  # fmt: skip
    words = {
        "name": cells["practitioner_name"], "role": cells["practitioner_role"],
        "email": cells["practitioner_email"], "team": cells["team_name"],
        "organisation": cells["organisation_name"], "reference": _reference(name),
        "practitioner's reference": cells["practitioner_reference"],
        "team's reference": cells["team_reference"],
    }  # fmt: skip
    return (
        *(Canary(f"{name}: {fact}", (text,)) for fact, text in words.items()),
        *(Canary(f"{name}: {fact}", _dialled(text)) for fact, text in numbers.items()),
    )


def _dialled(number: str) -> tuple[str, ...]:
    compact = number.replace(" ", "")
    return number, compact, f"+44{compact[1:]}", f"44{compact[1:]}"


def _reference(name: str) -> str:
    return f"ZQREF-{_NUMBERS[name]}"


def _contact_cells(name: str) -> Cells:
    number = _NUMBERS[name]
    word = "".join("abcdefghij"[int(digit)] for digit in str(number))
    return {
        "organisation_reference": f"ZQORG{number}",
        "organisation_name": f"Zq{word}house",
        "team_reference": f"ZQTEAM{number}",
        "team_name": f"Zq{word}nest",
        "team_duty_line": f"020 7946 0{number}1",
        "team_out_of_hours_line": f"020 7946 0{number}2",
        "practitioner_reference": f"ZQPRAC{number}",
        "practitioner_name": f"Lead Zq{word}wing",
        "practitioner_role": f"Zq{word}post",
        "practitioner_phone": f"020 7946 0{number}3",
        "practitioner_email": f"zq{word}mail@example.org",
        "practitioner_left_on": "",
    }


def feeds(*, without: tuple[str, ...] = (), **differing: Cells) -> dict[Service, tuple[Cells, ...]]:
    """Return every service's lines, but for those `without`; `differing` change one by its name.

    Every service also speaks of somebody whom nobody here asks for, so no file is empty.
    """
    found: dict[Service, list[Cells]] = {each: [_filler(each)] for each in Service}
    found[CSC] += _family(without)
    for name, (service, whose, term) in INVOLVEMENTS.items():
        if name in without or whose in without:
            continue
        cells = line(_reference(name), **PEOPLE[whose], **term, **_contact_cells(name))
        changed = cells | differing.get(name.replace(" ", "_"), {})
        found[service].append(changed | ({"upn": ""} if service is SCHOOL else {}))
    return {service: tuple(lines) for service, lines in found.items()}


def _family(without: tuple[str, ...]) -> list[Cells]:
    roles = {"wrenna": "anchor_child", "odalys": "parent", "leopold": "carer", "tamsin": "child"}
    placed = {key: role for key, role in roles.items() if key not in without}
    cells = [
        person(f"ZQ-PERSON-{key}", **PEOPLE[key], family_reference="ZQFAM", family_role=role)
        for key, role in placed.items()
    ]
    posted = _contact_cells("care")
    cells.append(allocation(_reference("care"), "ZQ-PERSON-wrenna", **ON_THE_DAY, **posted))
    if "odalys" in placed:
        cells.append(tie("ZQ-PERSON-odalys", "parent_of", "ZQ-PERSON-wrenna"))
    return cells


def _filler(service: Service) -> Cells:
    named = {
        "forenames": "Barnaby", "surname": "Elderflower", "date_of_birth": "01/02/1990",
        "house": "1", "street": "Ordinary Road", "postcode": "NX1 1AA",
    }  # fmt: skip
    if service is CSC:
        return person("FILLER-1", **named, family_reference="FILLER", family_role="parent")
    return line("FILLER-1", **named) | ({"upn": ""} if service is SCHOOL else {})


@contextmanager
def standing(folder: Path, sent: Feeds | None = None) -> Iterator[Town]:
    """Yield the council in `folder`, as `sent` by its services, with the demonstration's accounts.

    Asha is the family's worker, Grace manages her team, Nadia and Bethan work in it.
    """
    folder.mkdir(exist_ok=True)
    file = folder / "directory.db"
    written = {each: file_of(*lines) for each, lines in (sent or feeds()).items()}
    shutil.copyfile(_stored(tuple(written.items())), file)
    file.chmod(0o600)
    database, clock = Database(f"sqlite:///{file}"), Clock()
    ledger = open_ledger(database, KEYS)
    settings = demo.demonstration_settings({"DIRECTORY_DATA": str(folder)})
    means = Means(
        ledger=ledger,
        settings=settings,
        passwords=CHEAP,
        csrf_key=KEYS.session,
        clock=clock,
        holidays=working_holidays(),
        demonstration=demo.demonstration_accounts(),
    )
    app = build(means)
    app.config["CANARIES"] = canaries()
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(_kept_for_the_run("templates")))
    yield Town(app=app, ledger=ledger, database=database, clock=clock, settings=settings)
    ledger.close()


def references(town: Town) -> dict[str, UUID]:
    """Return the random reference of each of PEOPLE who is known."""
    keys = {f"ZQ-PERSON-{key}": key for key in PEOPLE} | {_reference("stranger"): "isolde"}
    with town.database.reading() as connection:
        rows = connection.execute(select(LineRow.source_reference, LineRow.person)).all()
    return {keys[sent]: who for sent, who in rows if sent in keys and who is not None}


@cache
def _kept_for_the_run(purpose: str) -> Path:
    """Return a folder of one `purpose` that goes when the run ends."""
    folder = Path(tempfile.mkdtemp(prefix=f"directory-{purpose}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _stored(sent: tuple[tuple[Service, bytes], ...]) -> Path:
    file = _kept_for_the_run(f"council-{hash(sent)}") / "directory.db"
    database = Database(f"sqlite:///{file}")
    upgrade(database)
    ledger = open_ledger(database, KEYS)
    operator = Access(at=MORNING, role=Role.OPERATOR)
    text = (SEED_DATA / demo.COUNCIL).read_bytes()
    council.set_up(ledger, operator, text=text)
    for service, lines in sent:
        report = extracts.take(
            ledger, operator, file=lines, service=service, as_of=AS_OF, progress=unheard
        )
        assert report.outcome is ExtractOutcome.TAKEN, report
        assert report.refused == (), report
    for plan in council.accounts_of(text):
        accounts.make_demonstration_account(
            ledger, operator, plan=_posted(plan), password=demo.PASSWORD, passwords=CHEAP
        )
    ledger.close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


def _posted(plan: accounts.AccountPlan) -> accounts.AccountPlan:
    """Return the plan of an account with its place among these few workers."""
    care = _contact_cells("care")
    in_team = plan.service is CSC and plan.team == "CSC-T001"
    is_asha = plan.email.startswith("asha.")
    return replace(
        plan,
        practitioner=care["practitioner_reference"] if is_asha else "",
        team=care["team_reference"] if in_team else "",
    )


def spell_otherwise(town: Town) -> None:
    """Let every service but social care spell all surnames otherwise, in links of a steward's."""
    of_others = LineRow.service != CSC
    with town.database.writing() as connection:
        others = select(LineRow.id).where(of_others)
        connection.execute(
            update(LineNameRow)
            .where(LineNameRow.line.in_(others))
            .values(surname=LineNameRow.surname + "e")
        )
        sent = select(LineRow.service, LineRow.source_reference).where(of_others).distinct()
        asked_by = connection.scalar(select(AccountRow.id).limit(1))
        for each in connection.execute(sent).all():
            waiting = {"id": uuid4(), "since": MORNING, "turn": MORNING, **each._mapping}
            connection.execute(insert(WaitingRow).values(waiting))
            act = {
                "id": uuid4(), "kind": "this_person", "state": "done", "reason": "",
                "lifecycle": "", "two_needed": False, "asked_by": asked_by, "asked_at": MORNING,
                "waiting": waiting["id"],
            }  # fmt: skip
            connection.execute(insert(MatchingActRow).values(act))
