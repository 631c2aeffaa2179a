"""The council's own file: kept whole, or refused with every fault by name."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from directory.domain.access import Refused
from directory.domain.agencies import CommonLine, ServiceProfile
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.sharing import Agreement, ContactField
from directory.domain.vocabulary import LegalPower, Purpose, Role, Service
from directory.operations.accounts import COUNCIL_NAME, AccountPlan
from directory.operations.council import (
    COUNCIL_AREA,
    CouncilFault,
    accounts_of,
    extract_files,
    set_up,
)
from directory.store.agencies import AgencyStore
from directory.store.engine import Database
from directory.store.sharing import SharingStore
from tests.factories import NOON
from tests.operations.extracts_world import OPERATOR, World, ledger
from tests.seed.extracts import SEED_DATA

FILE = """
[council]
name = "Northshire Council"
area = "Northshire"

[[organisations]]
reference = "NSC"
name = "Northshire Council"

[[organisations]]
reference = "NPOL"
name = "Northshire Police"

[[services]]
key = "police"
title = "Police"
common_line = "101"
out_of_hours_line = "03069 990005"
area = "Northshire"
covered_since = 2024-01-01
update_cycle_days = 7
date_meaning = "The date the unit last dealt with a matter."
extract = "police.csv"
team_only = true

[[services]]
key = "early_help"
title = "Early help"
common_line = "03069 990008"
area = "Northshire"
update_cycle_days = 30
date_meaning = "The date a family worker last saw the person."

[[agreements]]
reference = "ISA-1"
title = "Safeguarding contacts"
version = 3
powers = ["Children Act 1989, section 47"]
purposes = ["child_protection"]
services = ["police"]
start = 2025-12-01
review = 2028-12-31
end = 2029-01-01

[[parties]]
agreement = "ISA-1"
organisation = "NSC"
signed_on = 2025-11-03

[[parties]]
agreement = "ISA-1"
organisation = "NPOL"

[[accounts]]
username = "imran.sheikh@police.example"
display_name = "Imran Sheikh"
roles = ["police_liaison"]
organisation = "NPOL"
service = "police"
team_reference = "T1"
practitioner_reference = "P1"
"""


def here(database: Database) -> World:
    return World(ledger=ledger(database), database=database)


def keep(database: Database, text: str = FILE) -> None:
    set_up(ledger(database), OPERATOR, text=text.encode())


def changed(old: str, new: str) -> str:
    """Return the file with one thing changed, which must be in it."""
    assert old in FILE
    return FILE.replace(old, new)


def fault(text: str) -> str:
    """Return what is said against the file."""
    with pytest.raises(CouncilFault) as raised:
        accounts_of(text.encode())
    return str(raised.value)


def agreements(database: Database) -> tuple[Agreement, ...]:
    with database.reading() as connection:
        return SharingStore(connection).agreements()


def test_a_council_is_kept_with_its_services_in_their_order(database: Database) -> None:
    keep(database)

    with database.reading() as connection:
        store = AgencyStore(connection)
        profiles, names = store.profiles(), set(store.names().values())
        facts = (store.instance(COUNCIL_NAME), store.instance(COUNCIL_AREA))
    assert (list(profiles), names) == (
        [Service.POLICE, Service.EARLY_HELP],
        {"Northshire Council", "Northshire Police"},
    )
    assert facts == ("Northshire Council", "Northshire")
    assert profiles[Service.POLICE] == ServiceProfile(
        service=Service.POLICE,
        title="Police",
        common_line=CommonLine(daytime="101", out_of_hours="03069 990005"),
        area="Northshire",
        covered_since=date(2024, 1, 1),
        update_cycle_days=7,
        date_meaning="The date the unit last dealt with a matter.",
        team_only=True,
    )


def test_an_agreement_is_kept_with_those_who_signed_and_those_who_have_not(
    database: Database,
) -> None:
    keep(database)

    [agreement] = agreements(database)
    assert agreement.label == "ISA-1 v3"
    assert agreement.powers == {LegalPower.CHILDREN_ACT_1989_S47}
    assert agreement.purposes == {Purpose.CHILD_PROTECTION}
    assert {each.signed_on for each in agreement.parties} == {date(2025, 11, 3), None}


WHOLE = FILE.replace(
    "end = 2029-01-01",
    """end = 2029-01-01
bases = ["UK GDPR, Article 6(1)(e), public task"]
special = ["UK GDPR, Article 9(2)(g), substantial public interest"]
schedule = ["Schedule 1, paragraph 18, safeguarding children and people at risk"]
policy_document = "APD-1"
confidentiality = "legal_duty"
dpia = "DPIA-1"
fields = ["team", "duty_line"]""",
).replace(
    'organisation = "NPOL"\n\n[[acc', 'organisation = "NPOL"\nsigned_on = 2025-11-04\n\n[[acc'
)


def test_an_agreement_that_lacks_parts_is_kept_as_a_draft_and_said_so(database: Database) -> None:
    remarks = set_up(ledger(database), OPERATOR, text=FILE.encode())

    [agreement] = agreements(database)
    assert not agreement.is_activated
    parts = ("signature", "lawful basis", "special condition", "schedule condition")
    lacking = ", ".join((*parts, "confidentiality", "dpia"))
    assert remarks == (f"ISA-1 v3 is kept as a draft: it lacks {lacking}",)


def test_a_whole_agreement_is_active_at_once(database: Database) -> None:
    remarks = set_up(ledger(database), OPERATOR, text=WHOLE.encode())

    [agreement] = agreements(database)
    assert remarks == ()
    assert agreement.in_force(NOON.date())
    assert agreement.fields == {ContactField.TEAM, ContactField.DUTY_LINE}


def test_an_active_version_stays_as_it_is_whatever_the_file_says(database: Database) -> None:
    keep(database, WHOLE)

    same = set_up(ledger(database), OPERATOR, text=WHOLE.encode())
    other = WHOLE.replace("Safeguarding contacts", "Other words")
    remarks = set_up(ledger(database), OPERATOR, text=other.encode())

    assert same == ()
    assert remarks == (
        "ISA-1 v3 is active and never changes: it stays as it was. Give the change a new version",
    )
    assert [each.title for each in agreements(database)] == ["Safeguarding contacts"]


def test_a_new_version_of_the_file_supersedes_the_old(database: Database) -> None:
    keep(database, WHOLE)
    following = WHOLE.replace("version = 3", "version = 4")

    keep(database, following.replace("start = 2025-12-01", "start = 2027-01-01"))

    old, new = agreements(database)
    assert (old.course.superseded_from, new.start) == (date(2027, 1, 1), date(2027, 1, 1))


def test_an_older_version_of_the_file_is_superseded_from_the_first(database: Database) -> None:
    keep(database, WHOLE.replace("version = 3", "version = 4"))

    keep(database, WHOLE)

    old, new = agreements(database)
    assert (old.label, old.in_force(NOON.date()), new.in_force(NOON.date())) == (
        "ISA-1 v3",
        False,
        True,
    )


def test_a_draft_of_the_file_becomes_active_once_the_file_is_whole(database: Database) -> None:
    keep(database)

    keep(database, WHOLE)

    [agreement] = agreements(database)
    assert agreement.is_activated


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    keep(database)
    with database.reading() as connection:
        before = AgencyStore(connection).references()

    keep(database)

    with database.reading() as connection:
        assert AgencyStore(connection).references() == before
    assert len(agreements(database)) == 1


def test_a_new_name_and_a_new_version_are_kept_beside_what_was(database: Database) -> None:
    keep(database)

    keep(database, changed("version = 3", "version = 4"))
    keep(database, changed('name = "Northshire Police"', 'name = "Northshire Constabulary"'))

    with database.reading() as connection:
        names = AgencyStore(connection).names().values()
    assert sorted(each.version for each in agreements(database)) == [3, 4]
    assert set(names) == {"Northshire Council", "Northshire Constabulary"}


def test_a_file_with_one_fault_is_not_kept_in_part(database: Database) -> None:
    with pytest.raises(CouncilFault):
        keep(database, changed("version = 3", "version = 0"))

    assert here(database).count("organisation") == 0
    assert here(database).events() == [(Event.COUNCIL_SET_UP, Outcome.FAILED)]


def test_nobody_but_the_operator_sets_the_council_up(database: Database) -> None:
    with pytest.raises(Refused):
        set_up(ledger(database), replace(OPERATOR, role=Role.IG_LEAD), text=FILE.encode())

    assert here(database).events() == [(Event.COUNCIL_SET_UP, Outcome.REFUSED)]


def test_the_extracts_are_named_in_the_order_they_are_to_be_taken() -> None:
    assert extract_files(FILE.encode()) == {Service.POLICE: "police.csv"}


def test_accounts_are_planned_without_a_password() -> None:
    assert accounts_of(FILE.encode()) == (
        AccountPlan(
            email="imran.sheikh@police.example",
            display_name="Imran Sheikh",
            organisation="NPOL",
            roles=frozenset({Role.POLICE_LIAISON}),
            service=Service.POLICE,
            practitioner="P1",
            team="T1",
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "police"', 'key = "polis"', "services 1, key: must be 'school'"),
        ('"101"', '"ring us"', "services 1, common_line: must be one telephone number"),
        ('title = "Police"', "", "services 1, title: is missing"),
        ('title = "Police"', 'title = " "', "services 1, title: must not be empty"),
        (
            'title = "Police"',
            'colour = "blue"',
            "services 1, title: is missing; services 1, colour",
        ),
        ('"police.csv"', '"../police.csv"', "services 1, extract: must be a file's name"),
        ('"Northshire Police"', '"Drugs Desk"', "organisations 2, name: says why people are known"),
        (
            'reference = "NPOL"',
            'reference = "N POL"',
            "organisations 2, reference: must be 1 to 40",
        ),
        ('reference = "NPOL"', 'reference = "NSC"', "organisations, reference: NSC stands twice"),
        ("end = 2029-01-01", "end = 2025-12-01", "agreements 1: end must be after start"),
        ("end = 2029-01-01", "end = 2099-01-01", "agreements 1: review and end must be within ten"),
        (
            "start = 2025-12-01",
            'start = 2025-12-01\nfields = ["shoe"]',
            "agreements 1, fields 1: must",
        ),
        ('purposes = ["child_protection"]', "purposes = []", "agreements 1, purposes: "),
        ('"Children Act 1989, section 47"', '"consent"', "agreements 1, powers 1: must be"),
        ('agreement = "ISA-1"', 'agreement = "ISA-9"', "parties 1, agreement: names no agreement"),
        ('organisation = "NSC"', 'organisation = "X"', "parties 1, organisation: names no organ"),
        (
            'organisation = "NPOL"\nservice',
            'organisation = "X"\nservice',
            "accounts 1, organisation: names",
        ),
        ('"police_liaison"', '"operator"', "accounts 1, roles 1: is a role that is nobody's"),
        ('"police_liaison"', '"wizard"', "accounts 1, roles 1: must be"),
        ("imran.sheikh@police.example", "imran", "accounts 1, username: must be an e-mail address"),
        ('service = "police"\n', "", "accounts 1, service: must be given beside"),
        ("[council]", "[town]", "council: is missing"),
        ("version = 3", "version = three", "council.toml is not TOML: "),
    ],
)
def test_a_fault_is_named_by_its_table_and_key(old: str, new: str, said: str) -> None:
    assert fault(changed(old, new)).startswith(said)


def test_an_agreement_of_a_far_century_is_refused() -> None:
    later = FILE.replace("start = 2025", "start = 9990").replace("end = 2029", "end = 9999")

    assert fault(later).startswith("agreements 1: start must be 2100 or earlier")


def test_every_fault_is_said_up_to_ten() -> None:
    found = fault(FILE.replace(" = ", "s = "))

    assert found.count("; ") == 10
    assert found.startswith("council, name: is missing; council, area: is missing; ")
    assert found.endswith(" more")


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(CouncilFault, match="UTF-8"):
        accounts_of(FILE.replace("Imran", "Ïmran").encode("cp1252"))


def test_the_towns_own_file_is_good(database: Database) -> None:
    text = (SEED_DATA / "council.toml").read_bytes()

    set_up(ledger(database), OPERATOR, text=text)

    counted = len(tomllib.loads(text.decode())["organisations"])
    assert here(database).count("organisation") == counted
    assert any(each.in_force(NOON.date()) for each in agreements(database))
    assert len(accounts_of(text)) == len(tomllib.loads(text.decode())["accounts"])
