"""One-time links: who makes them, what they set, when they end."""

from datetime import timedelta

import pytest

from directory.domain.access import Access
from directory.domain.accounts import LINK_TERM, Renewal
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.operations import accounts as operations
from directory.operations.accounts import LinkSpent, UnknownEmail, UnknownOrganisation, WeakPassword
from directory.operations.sign_in import NotProven
from directory.store.agencies import AgencyStore
from tests.factories import COUNCIL, NOON
from tests.operations.accounts_world import (
    CHEAP,
    EMAIL,
    WORDS,
    World,
    attempt,
    code,
    enrol,
    enter,
    operator,
    settle,
    visitor,
    world,
)

ABOUT = ("Northshire Council", "Safeguarding contact directory")
OTHER_WORDS = "other plain words"


BEGINS_WITH = world


def make_link(here: World, access: Access | None = None, **differing: Renewal) -> str:
    account = here.account().reference
    return operations.make_link(here.ledger, access or operator(), account=account, **differing)


def use_link(
    here: World, link: str, *, access: Access | None = None, words: str = OTHER_WORDS
) -> None:
    operations.use_link(
        here.ledger, access or visitor(), token=link, password=words, about=ABOUT, passwords=CHEAP
    )


def test_a_link_sets_a_password_and_both_acts_are_entered(here: World) -> None:
    settle(here)

    use_link(here, make_link(here))

    assert here.events()[-2:] == [
        (Event.LINK_MADE, Outcome.DONE),
        (Event.LINK_USED, Outcome.DONE),
    ]
    enter(here, attempt(password=OTHER_WORDS))
    with pytest.raises(NotProven):
        enter(here)


def test_a_link_works_once(here: World) -> None:
    settle(here)
    link = make_link(here)
    use_link(here, link)

    with pytest.raises(LinkSpent):
        use_link(here, link, words=WORDS)

    assert here.events()[-1] == (Event.LINK_USED, Outcome.REFUSED)


def test_a_link_works_for_its_term_and_no_longer(here: World) -> None:
    settle(here)
    link = make_link(here)
    end = NOON + LINK_TERM

    with pytest.raises(LinkSpent):
        use_link(here, link, access=visitor(end))
    use_link(here, link, access=visitor(end - timedelta(microseconds=1)))


def test_a_newer_link_voids_the_older_one(here: World) -> None:
    settle(here)
    older, newer = make_link(here), make_link(here)

    with pytest.raises(LinkSpent):
        use_link(here, older)
    use_link(here, newer)


def test_an_invented_link_opens_nothing(here: World) -> None:
    settle(here)

    with pytest.raises(LinkSpent):
        use_link(here, "invented")


def test_a_weak_password_leaves_the_link_for_another_try(here: World) -> None:
    settle(here)
    link = make_link(here)

    with pytest.raises(WeakPassword, match="at least 12 characters"):
        use_link(here, link, words="short")
    use_link(here, link)


@pytest.mark.parametrize("word", ["asha", "Rahman", "northshire", "directory"])
def test_a_password_that_names_its_owner_or_this_service_is_weak(here: World, word: str) -> None:
    settle(here)

    with pytest.raises(WeakPassword, match="must not hold your own name"):
        use_link(here, make_link(here), words=f"lanterns for {word}")


def test_a_disabled_accounts_link_opens_nothing(here: World) -> None:
    settle(here)
    link = make_link(here)
    operations.disable_account(here.ledger, operator(), account=here.account().reference)

    with pytest.raises(LinkSpent):
        use_link(here, link)


def test_a_link_ends_the_lock_out_it_was_asked_for(here: World) -> None:
    settle(here)
    for _ in range(10):
        with pytest.raises(NotProven):
            enter(here, attempt(password=OTHER_WORDS))

    use_link(here, make_link(here))

    enter(here, attempt(password=OTHER_WORDS))


def test_a_forgotten_password_keeps_the_second_factor(here: World) -> None:
    settle(here)
    enrol(here, at=NOON - timedelta(minutes=5))

    use_link(here, make_link(here))

    with pytest.raises(NotProven):
        enter(here, attempt(password=OTHER_WORDS))
    enter(here, attempt(password=OTHER_WORDS, code=code()))


def test_a_lost_phone_closes_the_account_until_the_link_is_used(here: World) -> None:
    settle(here)
    enrol(here, at=NOON - timedelta(minutes=5))

    link = make_link(here, renewal=Renewal.LOST)

    with pytest.raises(NotProven):
        enter(here, attempt(code=code()))
    use_link(here, link)
    _, account = enter(here, attempt(password=OTHER_WORDS))
    assert not account.has_second_factor


def test_a_link_is_made_for_an_email_at_the_command_line(here: World) -> None:
    settle(here)

    use_link(here, operations.make_link_for(here.ledger, operator(), email=EMAIL))

    enter(here, attempt(password=OTHER_WORDS))


def test_no_link_is_made_for_an_unknown_email(here: World) -> None:
    with pytest.raises(UnknownEmail):
        operations.make_link_for(here.ledger, operator(), email=EMAIL)


def test_a_link_is_long_and_each_is_another(here: World) -> None:
    settle(here)

    links = {make_link(here) for _ in range(5)}

    assert {len(each) for each in links} == {64}
    assert len(links) == 5


def test_no_link_stands_in_the_database_or_the_audit(here: World) -> None:
    settle(here)

    link = make_link(here)

    assert here.database.path is not None
    files = here.database.path.parent.glob(f"{here.database.path.name}*")
    assert not any(link.encode() in each.read_bytes() for each in files)
    assert not any(link in each.words for each in here.told())


def test_the_first_administrator_belongs_to_the_council(here: World) -> None:
    with here.database.writing() as connection:
        AgencyStore(connection).keep_instance(operations.COUNCIL_NAME, "Northshire")

    link = operations.make_administrator(here.ledger, operator(), email=EMAIL, name="Ada")
    use_link(here, link, words=WORDS)

    _, account = enter(here)
    assert (account.organisation, account.roles) == (COUNCIL, frozenset({Role.ADMINISTRATOR}))


def test_there_is_no_first_administrator_before_the_council_is_set_up(here: World) -> None:
    with pytest.raises(UnknownOrganisation):
        operations.make_administrator(here.ledger, operator(), email=EMAIL, name="Ada")
