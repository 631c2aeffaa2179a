"""Looking after accounts: who may, what is refused, what the links do."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import Account, SecondFactor
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role, Service
from directory.operations import accounts as operations
from directory.operations.accounts import (
    AccountFault,
    EmailTaken,
    NoRole,
    RolesConflict,
    UnknownOrganisation,
    UnknownPosting,
)
from directory.operations.sign_in import NotProven
from directory.policy.permissions import VIEWING_ROLES
from directory.store.agencies import AgencyStore
from directory.store.line_tables import FeedRow, PractitionerRow, TeamRow
from tests.factories import COUNCIL, profile, reference
from tests.operations.accounts_world import (
    EMAIL,
    WORKER,
    World,
    at_work,
    enter,
    operator,
    plan,
    settle,
    works,
    world,
)

OTHER_WORDS = "other plain words"
ADMINISTRATOR = "admin@council.example"


BEGINS_WITH = world


def administrator(here: World) -> Access:
    settle(here, email=ADMINISTRATOR, display_name="Ada", roles=frozenset({Role.ADMINISTRATOR}))
    return at_work(here, role=Role.ADMINISTRATOR, email=ADMINISTRATOR)


def test_a_new_account_is_as_planned_and_opened_by_nothing(here: World) -> None:
    created = operations.create_account(
        here.ledger, administrator(here), plan=plan(), rule=SecondFactor.OPTIONAL
    )

    assert here.account() == Account(
        reference=created,
        email=EMAIL,
        display_name="Asha Rahman",
        organisation=COUNCIL,
        roles=frozenset({WORKER}),
        version=1,
    )
    with pytest.raises(NotProven):
        enter(here)


def test_a_new_account_is_entered_with_its_maker_and_roles(here: World) -> None:
    access = administrator(here)

    created = operations.create_account(
        here.ledger, access, plan=plan(), rule=SecondFactor.OPTIONAL
    )

    told = here.told()[-1]
    assert (told.event, told.actor, told.role) == (
        Event.ACCOUNT_CREATED,
        access.account,
        Role.ADMINISTRATOR,
    )
    assert told.words == f"account {created.hex} {WORKER}"


@pytest.mark.parametrize(
    ("differing", "fault"),
    [
        ({"email": ADMINISTRATOR.upper()}, EmailTaken),
        ({"roles": frozenset()}, NoRole),
        ({"roles": frozenset({Role.OPERATOR})}, NoRole),
        ({"roles": frozenset({Role.VISITOR})}, NoRole),
        ({"roles": frozenset({Role.PROGRAMME})}, NoRole),
        ({"roles": frozenset({Role.ADMINISTRATOR, WORKER})}, RolesConflict),
        ({"organisation": "NOBODY"}, UnknownOrganisation),
        ({"service": Service.POLICE, "practitioner": "P1"}, UnknownPosting),
        ({"service": Service.POLICE, "team": "T1"}, UnknownPosting),
    ],
    ids=[
        "an e-mail that is taken",
        "no role",
        "the operator",
        "a visitor",
        "a programme",
        "two roles that conflict",
        "an organisation unknown",
        "a practitioner unknown",
        "a team unknown",
    ],
)
def test_an_account_that_cannot_be_is_refused_and_not_kept(
    here: World, differing: dict[str, object], fault: type[AccountFault]
) -> None:
    access = administrator(here)

    with pytest.raises(fault):
        operations.create_account(
            here.ledger, access, plan=plan(**differing), rule=SecondFactor.OPTIONAL
        )

    assert operations.list_accounts(here.ledger, access, page=1).count == 1
    assert (Event.ACCOUNT_CREATED, Outcome.REFUSED) in here.events()


@pytest.mark.parametrize("role", sorted(VIEWING_ROLES))
def test_an_administrator_is_never_granted_a_role_that_sees_people(here: World, role: Role) -> None:
    account = settle(here, roles=frozenset({Role.ADMINISTRATOR}))

    with pytest.raises(RolesConflict):
        operations.grant_role(here.ledger, operator(), account=account.reference, role=role)

    assert here.account() == account


def test_an_account_is_linked_to_its_practitioner_and_their_team(here: World) -> None:
    _post(here)

    operations.create_account(
        here.ledger, operator(), plan=plan(service=Service.POLICE, practitioner="P1")
    )

    found = here.account()
    assert (found.practitioner, found.team, found.service) == (
        reference(41),
        reference(42),
        Service.POLICE,
    )


def test_an_account_may_be_linked_to_another_team(here: World) -> None:
    _post(here)

    operations.create_account(
        here.ledger, operator(), plan=plan(service=Service.POLICE, practitioner="P1", team="T2")
    )

    assert here.account().team == reference(43)


def test_a_posting_outside_the_current_delivery_is_unknown(here: World) -> None:
    _post(here)
    left = plan(service=Service.POLICE, practitioner="P0")

    with pytest.raises(UnknownPosting):
        operations.create_account(here.ledger, operator(), plan=left)


def _post(here: World) -> None:
    """Let the police send practitioner P1 of team T1, and team T2; P0 was sent before."""
    service = Service.POLICE
    with here.database.writing() as connection:
        AgencyStore(connection).keep_services([profile(service)])
        connection.execute(update(FeedRow).values(current=2))
        for number, known_as in ((42, "T1"), (43, "T2")):
            connection.execute(
                insert(TeamRow).values(
                    id=reference(number), visible_from=1, service=service,
                    source_reference=known_as, organisation="Police", name=known_as,
                )
            )  # fmt: skip
        for number, known_as, until in ((40, "P0", 2), (41, "P1", 9)):
            connection.execute(
                insert(PractitionerRow).values(
                    id=reference(number), visible_from=1, visible_until=until, service=service,
                    source_reference=known_as, team=reference(42), name=known_as,
                )
            )  # fmt: skip


def test_a_granted_role_is_entered_and_ends_open_sessions(here: World) -> None:
    account = settle(here)
    access = at_work(here)

    operations.grant_role(
        here.ledger, operator(), account=account.reference, role=Role.OUT_OF_HOURS
    )

    assert here.account().roles == {WORKER, Role.OUT_OF_HOURS}
    assert here.events()[-1] == (Event.ROLE_GRANTED, Outcome.DONE)
    assert not works(here, access)


def test_granting_a_role_again_changes_nothing(here: World) -> None:
    account = settle(here)

    operations.grant_role(here.ledger, operator(), account=account.reference, role=WORKER)

    assert here.account() == account


def test_a_removed_role_is_entered(here: World) -> None:
    account = settle(here, roles=frozenset({WORKER, Role.OUT_OF_HOURS}))

    operations.remove_role(here.ledger, operator(), account=account.reference, role=WORKER)

    assert here.account().roles == {Role.OUT_OF_HOURS}
    assert here.events()[-1] == (Event.ROLE_REMOVED, Outcome.DONE)


def test_the_last_role_cannot_be_removed(here: World) -> None:
    account = settle(here)

    with pytest.raises(NoRole):
        operations.remove_role(here.ledger, operator(), account=account.reference, role=WORKER)


def test_removing_a_role_that_was_never_held_changes_nothing(here: World) -> None:
    account = settle(here)

    operations.remove_role(
        here.ledger, operator(), account=account.reference, role=Role.OUT_OF_HOURS
    )

    assert here.account() == account


def test_disabling_and_enabling_are_entered(here: World) -> None:
    account = settle(here)

    operations.disable_account(here.ledger, operator(), account=account.reference)
    operations.enable_account(here.ledger, operator(), account=account.reference)

    assert here.events()[-2:] == [
        (Event.ACCOUNT_DISABLED, Outcome.DONE),
        (Event.ACCOUNT_ENABLED, Outcome.DONE),
    ]


def test_enabling_does_not_revive_a_session(here: World) -> None:
    account = settle(here)
    access = at_work(here)

    operations.disable_account(here.ledger, operator(), account=account.reference)
    operations.enable_account(here.ledger, operator(), account=account.reference)

    assert not works(here, access)


CHANGES: list[Callable[..., object]] = [
    lambda ledger, access, account: operations.grant_role(
        ledger, access, account=account, role=Role.OUT_OF_HOURS, rule=SecondFactor.OPTIONAL
    ),
    lambda ledger, access, account: operations.remove_role(
        ledger, access, account=account, role=WORKER
    ),
    lambda ledger, access, account: operations.disable_account(ledger, access, account=account),
    lambda ledger, access, account: operations.enable_account(ledger, access, account=account),
    lambda ledger, access, account: operations.make_link(ledger, access, account=account),
]
NAMES = ["grant", "remove", "disable", "enable", "link"]


@pytest.mark.parametrize("change", CHANGES, ids=NAMES)
def test_an_administrator_cannot_change_their_own_account(
    here: World, change: Callable[..., object]
) -> None:
    access = administrator(here)

    with pytest.raises(Refused):
        change(here.ledger, access, access.account)

    assert here.events()[-1][1] is Outcome.REFUSED


@pytest.mark.parametrize("change", CHANGES, ids=NAMES)
def test_nobody_but_an_administrator_changes_accounts(
    here: World, change: Callable[..., object]
) -> None:
    other = settle(here, email="other@council.example")
    settle(here)

    with pytest.raises(Refused):
        change(here.ledger, at_work(here), other.reference)

    assert here.account("other@council.example") == other


@pytest.mark.parametrize("change", CHANGES, ids=NAMES)
def test_an_account_that_is_not_there_is_not_found(
    here: World, change: Callable[..., object]
) -> None:
    with pytest.raises(NotFound):
        change(here.ledger, operator(), UUID(int=99))


def test_accounts_are_listed_with_their_organisations(here: World) -> None:
    account = settle(here)

    page = operations.list_accounts(here.ledger, operator(), page=1)

    assert (page.accounts, page.count) == ((account,), 1)
    assert page.organisations == {COUNCIL: "Northshire"}
    assert here.events()[-1] == (Event.ACCOUNTS_LISTED, Outcome.DONE)


def test_a_page_beyond_the_last_is_empty(here: World) -> None:
    settle(here)

    assert operations.list_accounts(here.ledger, operator(), page=2).accounts == ()


def test_one_account_is_shown(here: World) -> None:
    account = settle(here)

    page = operations.show_account(here.ledger, operator(), account=account.reference)

    assert page.accounts == (account,)


def test_an_account_is_found_by_email_and_the_look_is_entered(here: World) -> None:
    account = settle(here)

    found = operations.find_account(here.ledger, operator(), email=EMAIL)

    assert found == account.reference
    assert here.told()[-1].words == f"account {found.hex}"


def test_nobody_is_found_by_an_unknown_email(here: World) -> None:
    with pytest.raises(NotFound):
        operations.find_account(here.ledger, operator(), email=EMAIL)
