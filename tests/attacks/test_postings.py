"""An account that no service names gets nobody's people."""

import pytest
from sqlalchemy import text

from tests.attacks.intruder import ASHA, HELEN, PRIYA, Intruder, grant, hits
from tests.town import Town


@pytest.mark.parametrize("name", ["Blake", "Ewan Blake"])
def test_a_service_lead_of_no_service_finds_nobody(town: Town, name: str) -> None:
    grant(town, HELEN, "service_lead")
    lead = Intruder(town, HELEN, role="service_lead")

    found = lead.search(name=name)

    assert hits(found) == {}


@pytest.mark.parametrize("role", ["team_manager", "childrens_social_worker", "family_help_lead"])
def test_an_account_of_no_posting_is_listed_no_families(town: Town, role: str) -> None:
    grant(town, PRIYA, role)
    posted_nowhere = Intruder(town, PRIYA, role=role)

    listed = posted_nowhere.open("/families/mine")

    assert listed.status_code == 200
    assert "/families/mine/" not in listed.text


def test_an_allocation_without_a_team_is_listed_to_its_own_worker_alone(town: Town) -> None:
    before = Intruder(town, ASHA).open("/families/mine").text.count("/families/mine/")
    with town.database.writing() as connection:
        theirs = text("select practitioner from account where email = :email")
        asha = connection.scalar(theirs, {"email": ASHA})
        others = text("update involvement set team = null where practitioner <> :asha")
        connection.execute(others, {"asha": asha})

    after = Intruder(town, ASHA).open("/families/mine").text.count("/families/mine/")

    assert after == before
