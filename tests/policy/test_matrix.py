import pytest

from directory.domain.vocabulary import Level, Relationship, Role, Service
from directory.policy.matrix import MATRIX, SERVICES, level
from directory.policy.permissions import POLICY_VERSION
from tests.policy.masks import every_table
from tests.policy.rendering import MATRIX as APPROVED
from tests.policy.rendering import PAGE, as_page, as_text, digest, enter_version, keys_of, versions
from tests.policy.tables import combinations

TABLES = every_table()


def test_policy_is_what_was_approved() -> None:
    assert as_text(TABLES) == APPROVED.read_text("utf-8")


def test_policy_that_changed_has_a_new_version() -> None:
    *_, last = versions().items()

    assert last == (POLICY_VERSION, digest(as_text(TABLES)))


def test_a_version_never_stands_for_two_policies() -> None:
    with pytest.raises(SystemExit, match="set a new POLICY_VERSION"):
        enter_version("another policy")

    assert versions()[POLICY_VERSION] == digest(as_text(TABLES))


def test_the_page_for_the_information_governance_lead_says_what_policy_does() -> None:
    page = PAGE.read_text("utf-8")

    assert as_page(page, TABLES) == page


def test_the_page_shows_every_table_once() -> None:
    assert sorted(keys_of(PAGE.read_text("utf-8"))) == sorted(each.key for each in TABLES)


@pytest.mark.parametrize("key", ["actions", "findable", "levels"])
def test_every_role_stands_in_every_table_of_roles(key: str) -> None:
    rows = next(each.rows for each in TABLES if each.key == key)

    assert {row[0] for row in rows} == set(Role)


def test_every_combination_of_facts_is_tried() -> None:
    asked = combinations()

    assert len(asked) * len(Level) == 6 * 2 * 4 * 3 * 4 * 6 * 2
    assert len(set(asked)) == len(asked)


def test_the_columns_are_the_services_in_order() -> None:
    assert tuple(Service) == SERVICES
    assert {len(levels) for levels in MATRIX.values()} == {len(Service)}


def test_a_role_without_a_row_sees_nothing() -> None:
    found = {
        level(Role.ADMINISTRATOR, relationship, service, own=service)
        for relationship in Relationship
        for service in Service
    }

    assert found == {Level.L0}


def test_without_a_relationship_no_role_has_a_cell() -> None:
    found = {
        level(role, Relationship.NONE, service, own=service) for role in Role for service in Service
    }

    assert found == {Level.L0}


def test_a_service_lead_has_all_of_their_own_service_and_the_line_of_others() -> None:
    lead, own = Role.SERVICE_LEAD, Relationship.OWN_SERVICE

    assert level(lead, own, Service.HOUSING, own=Service.HOUSING) is Level.L5
    assert level(lead, own, Service.POLICE, own=Service.HOUSING) is Level.L1
    assert level(lead, own, Service.HOUSING, own=None) is Level.L1


def test_an_own_service_raises_no_other_role() -> None:
    police = level(Role.POLICE_LIAISON, Relationship.CLAIMED, Service.HOUSING, own=Service.HOUSING)

    assert police is Level.L1
