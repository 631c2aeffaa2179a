import pytest

from directory.domain.vocabulary import Findability, Purpose, Relationship, Role, Scope
from directory.policy.matrix import MATRIX
from directory.policy.permissions import (
    ACTIONS,
    CLAIM_PURPOSES,
    CLAIMS,
    FINDABLE,
    POWERS,
    PURPOSES,
    VIEWING_ROLES,
    Action,
    allows,
    may_claim,
    opens,
    purposes_for,
    roles_conflict,
)

SEES_NO_PERSON = frozenset(
    {
        Role.OFSTED_LIAISON,
        Role.LADO,
        Role.COMMISSIONER,
        Role.SETTING_MANAGER,
        Role.SHARING_DECIDER,
        Role.FRONT_DESK,
        Role.RESTRICTION_OFFICER,
        Role.MATCHING_STEWARD,
        Role.HUB_WORKER,
        Role.SIRO,
        Role.DPO,
        Role.CALDICOTT_GUARDIAN,
        Role.SUBJECT_ACCESS_OFFICER,
        Role.ADMINISTRATOR,
        Role.ANALYST,
        Role.RESEARCHER,
        Role.OPERATOR,
        Role.PROGRAMME,
        Role.VISITOR,
    }
)
FINDS_ITS_OWN_BUT_SEES_NO_SERVICE = frozenset({Role.GP_PRACTICE})
MATCHES_LINES = frozenset({Role.MATCHING_STEWARD, Role.RESTRICTION_OFFICER})


def test_every_role_has_a_row_of_actions() -> None:
    assert set(ACTIONS) == set(Role)


def test_every_role_has_a_findability() -> None:
    assert set(FINDABLE) == set(Role)


def test_every_role_stands_in_the_matrix_or_is_known_to_see_nobody() -> None:
    in_matrix = {role for role, _ in MATRIX}

    assert in_matrix | SEES_NO_PERSON | FINDS_ITS_OWN_BUT_SEES_NO_SERVICE == set(Role)
    assert in_matrix & SEES_NO_PERSON == set()


def test_whoever_answers_to_a_service_sees_that_services_people() -> None:
    exact = {role for role in Role if FINDABLE[role] is Findability.EXACT}

    assert {role for role, kind in MATRIX if kind is Relationship.OWN_SERVICE} == exact | {
        Role.SERVICE_LEAD
    }


def test_every_action_is_somebodys() -> None:
    assert set().union(*ACTIONS.values()) == set(Action)


@pytest.mark.parametrize("role", sorted(SEES_NO_PERSON))
def test_a_role_that_sees_nobody_can_neither_find_nor_open(role: Role) -> None:
    forbidden = {Action.PEOPLE_FIND, Action.FAMILY_OPEN, Action.FAMILY_ADD_PERSON}

    assert ACTIONS[role] & (forbidden | {Action.FAMILIES_MINE}) == set()
    assert FINDABLE[role] is Findability.NONE


def test_whoever_may_search_may_find_somebody() -> None:
    searching = {role for role in Role if allows(role, Action.PEOPLE_FIND)}

    assert searching <= {role for role in Role if FINDABLE[role] is not Findability.NONE}


def test_whoever_may_open_a_family_has_a_purpose_and_a_row() -> None:
    opening = {role for role in Role if allows(role, Action.FAMILY_OPEN)}

    assert opening <= {role for role, _ in MATRIX} & set(PURPOSES)


def test_an_action_that_is_not_in_the_row_is_refused() -> None:
    assert allows(Role.ADMINISTRATOR, Action.ACCOUNTS_MANAGE)
    assert not allows(Role.ADMINISTRATOR, Action.PEOPLE_FIND)


@pytest.mark.parametrize("role", sorted(VIEWING_ROLES))
def test_an_administrator_holds_no_viewing_role(role: Role) -> None:
    assert roles_conflict(frozenset({Role.ADMINISTRATOR, role}))


def test_the_viewing_roles_see_services_or_find_their_own_or_match_lines() -> None:
    in_matrix = {role for role, _ in MATRIX}

    assert in_matrix | FINDS_ITS_OWN_BUT_SEES_NO_SERVICE | MATCHES_LINES == VIEWING_ROLES


@pytest.mark.parametrize(
    "roles",
    [
        frozenset(),
        frozenset({Role.ADMINISTRATOR}),
        frozenset({Role.ADMINISTRATOR, Role.SHARING_DECIDER}),
        frozenset({Role.CHILDRENS_SOCIAL_WORKER, Role.OUT_OF_HOURS}),
        VIEWING_ROLES,
    ],
)
def test_other_roles_stand_beside_each_other(roles: frozenset[Role]) -> None:
    assert not roles_conflict(roles)


def test_every_purpose_rests_on_a_power() -> None:
    assert set(POWERS) == set(Purpose)


def test_nobody_looks_for_the_purpose_of_locating() -> None:
    assert not any(Purpose.LOCATING in purposes for purposes in PURPOSES.values())


def test_a_role_without_purposes_has_none() -> None:
    assert purposes_for(Role.ADMINISTRATOR) == ()


def test_the_commonest_purpose_comes_first() -> None:
    assert purposes_for(Role.FRONT_DOOR)[0] is Purpose.TRIAGE


@pytest.mark.parametrize("role", sorted(CLAIMS))
def test_a_claim_opens_a_row_of_the_matrix(role: Role) -> None:
    assert (role, CLAIMS[role]) in MATRIX


@pytest.mark.parametrize(
    ("role", "purpose"),
    [
        (Role.CHILDRENS_SOCIAL_WORKER, Purpose.CHILD_PROTECTION),
        (Role.CHILDRENS_SOCIAL_WORKER, Purpose.CHILD_IN_NEED),
        (Role.CHILDRENS_SOCIAL_WORKER, Purpose.TRIAGE),
        (Role.FRONT_DOOR, Purpose.TRIAGE),
        (Role.OUT_OF_HOURS, Purpose.CHILD_PROTECTION),
        (Role.ADULT_SOCIAL_WORKER, Purpose.ADULT_SAFEGUARDING),
        (Role.POLICE_LIAISON, Purpose.POLICE_PROTECTION),
    ],
)
def test_a_role_may_claim_for_its_own_urgent_purposes(role: Role, purpose: Purpose) -> None:
    assert may_claim(role, purpose)


@pytest.mark.parametrize(
    ("role", "purpose"),
    [
        (Role.CHILDRENS_SOCIAL_WORKER, Purpose.EARLY_HELP),
        (Role.CHILDRENS_SOCIAL_WORKER, Purpose.ADULT_SAFEGUARDING),
        (Role.FRONT_DOOR, Purpose.POLICE_PROTECTION),
        (Role.POLICE_LIAISON, Purpose.CHILD_IN_NEED),
        (Role.TEAM_MANAGER, Purpose.CHILD_PROTECTION),
        (Role.IG_LEAD, Purpose.INVESTIGATION),
        (Role.CHILDRENS_SOCIAL_WORKER, Purpose.LOCATING),
    ],
)
def test_no_role_claims_for_a_purpose_that_is_not_its_own(role: Role, purpose: Purpose) -> None:
    assert not may_claim(role, purpose)


def test_a_claim_needs_a_claiming_role_and_a_purpose_of_both() -> None:
    claimable = {
        (role, purpose) for role in Role for purpose in Purpose if may_claim(role, purpose)
    }

    assert claimable == {
        (role, purpose) for role in CLAIMS for purpose in set(purposes_for(role)) & CLAIM_PURPOSES
    }


def test_an_enquiry_is_the_relationship_of_the_front_door_and_of_the_night() -> None:
    enquirers = {role for role, kind in CLAIMS.items() if kind is Relationship.ENQUIRY}

    assert enquirers == {Role.FRONT_DOOR, Role.OUT_OF_HOURS}


@pytest.mark.parametrize("action", Action)
def test_each_key_opens_what_its_scope_is_for_and_no_more(action: Action) -> None:
    opening = {scope for scope in Scope if opens(frozenset({scope}), action)}

    own = {
        Action.INVOLVEMENTS_SEND: Scope.INVOLVEMENTS_WRITE,
        Action.PRACTITIONERS_SEND: Scope.PRACTITIONERS_WRITE,
    }
    assert opening == {own.get(action, Scope.PEOPLE_READ)}
    assert not opens(frozenset(), action)
