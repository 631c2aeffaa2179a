"""Without consent nobody is known to a volunteer, nor to an organisation that needs it."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.consent import Withdrawal
from directory.domain.looking import Answer
from directory.domain.vocabulary import Purpose, Relationship, Role
from directory.operations import families
from directory.operations.people import LookUp
from directory.store.agencies import AgencyStore
from directory.store.consent import ConsentStore
from tests.factories import COUNCIL, EWAN, LEAH, NOON, TODAY, asked_consent, consent_given
from tests.operations.accounts_world import World
from tests.operations.audit_world import asha
from tests.operations.family_world import members, search, viewing, worker

NAME, NOBODY = "Blake, Ewan", "Zzyzx, Quorra"
BOUND = [Role.FAMILY_HELP_LEAD, Role.VOLUNTEER]


def needing(here: World) -> None:
    """Let the council's organisation need consent."""
    with here.database.writing() as connection:
        AgencyStore(connection).keep_organisation(
            COUNCIL, known_as="NSC", name="Helping Hands", needs_consent=True
        )


def agreed(here: World, *, person: object = EWAN) -> None:
    """Let somebody consent, as Asha recorded it."""
    by = here.account().reference
    with here.database.writing() as connection:
        store = ConsentStore(connection)
        store.keep(asked_consent(person=person, asked_by=by))
        store.answer(asked_consent().reference, consent_given(by=by))


def withdrawn(here: World) -> None:
    """Let the consent be withdrawn."""
    over = Withdrawal(by=here.account().reference, at=NOON)
    with here.database.writing() as connection:
        ConsentStore(connection).withdraw(asked_consent().reference, over)


def found(here: World, access: Access, name: str = NAME) -> LookUp:
    return search(here, access, name=name)


def same(one: LookUp, other: LookUp) -> bool:
    """Return whether two searches answered alike."""
    return (one.answer, one.hits, one.feeds) == (other.answer, other.hits, other.feeds)


@pytest.mark.parametrize("role", BOUND)
def test_whoever_consent_binds_is_told_that_only_those_who_agreed_were_searched(
    here: World, role: Role
) -> None:
    user = worker(here, role=role)
    free = found(here, user).by_consent
    needing(here)

    bound = [found(here, user, each).by_consent for each in (NAME, NOBODY)]

    assert free is (role is Role.VOLUNTEER)
    assert bound == [True, True]
    assert not found(here, asha(here)).by_consent


@pytest.mark.parametrize("role", BOUND)
def test_somebody_without_consent_is_as_unknown_as_nobody(here: World, role: Role) -> None:
    needing(here)
    access = worker(here, role)

    assert same(found(here, access), found(here, access, NOBODY))
    assert found(here, access).answer is Answer.NONE


@pytest.mark.parametrize("role", BOUND)
def test_who_consented_is_found_and_nobody_of_their_family(here: World, role: Role) -> None:
    needing(here)
    agreed(here)
    access = worker(here, role)

    assert [each.person for each in found(here, access).hits] == [EWAN]
    assert not found(here, access, "Blake, Leah").hits


def test_a_volunteer_looks_by_consent_for_early_help_alone(here: World) -> None:
    agreed(here)
    access = worker(here, Role.VOLUNTEER)
    look_up = found(here, access).reference

    with pytest.raises(Refused):
        viewing(here, access, person=EWAN, look_up=look_up)
    where = viewing(here, access, person=EWAN, look_up=look_up, purpose=Purpose.EARLY_HELP)
    board = families.view_board(here.ledger, access, viewing=where)

    assert (members(board), board.relationship) == ([EWAN], Relationship.CONSENT)


def test_a_withdrawn_consent_closes_what_was_open(here: World) -> None:
    agreed(here)
    access = worker(here, Role.VOLUNTEER)
    look_up = found(here, access).reference
    where = viewing(here, access, person=EWAN, look_up=look_up, purpose=Purpose.EARLY_HELP)

    withdrawn(here)

    with pytest.raises(NotFound):
        families.view_board(here.ledger, access, viewing=where)
    with pytest.raises(Refused):
        viewing(here, access, person=EWAN, look_up=look_up, purpose=Purpose.EARLY_HELP)
    assert same(found(here, access), found(here, access, NOBODY))


def test_a_consent_that_ran_out_is_none(here: World) -> None:
    agreed(here)
    access = worker(here, Role.VOLUNTEER)
    end = consent_given().end
    assert end is not None
    with here.database.reading() as connection:
        store = ConsentStore(connection)
        assert store.consented(COUNCIL, end - timedelta(days=1)) == {EWAN}
        assert not store.consented(COUNCIL, end)
        assert store.consented(access.organisation, TODAY) == {EWAN}


def test_statutory_roles_do_not_wait_for_consent(here: World) -> None:
    needing(here)

    assert [each.person for each in found(here, asha(here)).hits][:1] == [EWAN]


def test_an_organisation_that_needs_none_is_told_as_before(here: World) -> None:
    agreed(here, person=LEAH)

    hits = found(here, worker(here, Role.FAMILY_HELP_LEAD)).hits

    assert EWAN in {each.person for each in hits}


def test_every_reader_knows_of_a_withdrawal_at_once(here: World) -> None:
    agreed(here)
    access = worker(here, Role.VOLUNTEER)
    before = [found(here, access).answer for _ in range(2)]
    withdrawn(here)
    told: list[Answer] = []
    start = Barrier(4)

    def read() -> None:
        start.wait()
        told.append(found(here, replace(access)).answer)

    readers = [Thread(target=read) for _ in range(4)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()

    assert Answer.NONE not in before
    assert told == [Answer.NONE] * 4
