"""What somebody answered opens and closes at once; only who asked reads it again."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.consent import ConsentFault, ConsentState, Giver, Manner
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.operations import consent
from directory.operations.consent import Question, Reply
from directory.store.agencies import AgencyStore
from tests.factories import COUNCIL, EWAN, HOMES, LEAH, TODAY, reference
from tests.operations.accounts_world import World
from tests.operations.audit_world import asha, entries
from tests.operations.family_world import MIA, search, viewing, worker

HELPERS = reference(71)
NO = Reply(manner=Manner.BY_PHONE, giver=Giver.PARENT, authority_seen=None, days=None)
YES = replace(NO, days=91)
ASKED = Question(organisations=frozenset({HELPERS}), manner=Manner.AT_HOME)


def helped(here: World) -> None:
    """Let Helping Hands, which needs consent, take part beside Homes, which does not."""
    with here.database.writing() as connection:
        store = AgencyStore(connection)
        store.keep_organisation(HELPERS, known_as="HELP", name="Hands", needs_consent=True)
        store.keep_organisation(HOMES, known_as="HOMES", name="Homes")


def opened(here: World) -> tuple[Access, UUID]:
    """Return Asha's access and her viewing of Ewan's family."""
    access = asha(here)
    look_up = search(here, access, name="Blake, Ewan").reference
    return access, viewing(here, access, person=EWAN, look_up=look_up)


def asked(
    here: World, access: Access, where: UUID, reply: Reply | None = YES, *, person: UUID = EWAN
) -> None:
    """Record what somebody was asked."""
    consent.record(here.ledger, access, viewing=where, person=person, question=ASKED, reply=reply)


def told(here: World, access: Access, where: UUID) -> list[tuple[UUID, ConsentState]]:
    """Return the reference and state of what Ewan was asked, the newest first."""
    found = consent.list_consents(here.ledger, access, viewing=where).of(EWAN)
    return [(each.consent, each.state) for each in found.consents]


def known(here: World, access: Access) -> bool:
    """Return whether a search for Ewan finds anybody."""
    return bool(search(here, access, name="Blake, Ewan").hits)


def volunteer(here: World) -> Access:
    """Return a volunteer of Helping Hands at work."""
    return replace(worker(here, Role.VOLUNTEER), organisation=HELPERS)


def test_a_yes_opens_and_its_withdrawal_closes_at_once(here: World) -> None:
    helped(here)
    (access, where), helper = opened(here), volunteer(here)
    before = known(here, helper)

    asked(here, access, where)
    after = known(here, helper)
    ((given, state),) = told(here, access, where)
    consent.withdraw(here.ledger, access, viewing=where, person=EWAN, consent=given)

    assert (before, after, state) == (False, True, ConsentState.GIVEN)
    assert not known(here, helper)
    assert told(here, access, where) == [(given, ConsentState.WITHDRAWN)]


def test_a_question_without_an_answer_opens_nothing_until_it_has_one(here: World) -> None:
    helped(here)
    (access, where), helper = opened(here), volunteer(here)
    asked(here, access, where, None)
    ((waiting, state),) = told(here, access, where)
    before = known(here, helper)

    consent.answer(here.ledger, access, viewing=where, person=EWAN, consent=waiting, reply=YES)

    assert (state, before, known(here, helper)) == (ConsentState.ASKED, False, True)
    with pytest.raises(ConsentFault):
        consent.answer(here.ledger, access, viewing=where, person=EWAN, consent=waiting, reply=NO)


def test_a_later_no_ends_every_yes_to_the_same_organisation(here: World) -> None:
    helped(here)
    (access, where), helper = opened(here), volunteer(here)
    asked(here, access, where)
    asked(here, access, where)

    asked(here, access, where, NO)

    states = sorted(state for _, state in told(here, access, where))
    assert states == [ConsentState.REFUSED, ConsentState.WITHDRAWN, ConsentState.WITHDRAWN]
    assert not known(here, helper)


def test_what_another_organisation_asked_is_neither_shown_nor_withdrawn(here: World) -> None:
    helped(here)
    access, where = opened(here)
    asked(here, access, where)
    ((given, _),) = told(here, access, where)
    other = replace(access, organisation=HOMES)

    assert told(here, other, where) == []
    with pytest.raises(NotFound):
        consent.withdraw(here.ledger, other, viewing=where, person=EWAN, consent=given)
    assert told(here, access, where) == [(given, ConsentState.GIVEN)]


def test_what_is_withdrawn_for_one_asker_is_withdrawn_for_all(here: World) -> None:
    helped(here)
    (access, where), helper = opened(here), volunteer(here)
    other = replace(access, organisation=HOMES)
    asked(here, access, where)
    asked(here, other, where)
    ((given, _),) = told(here, other, where)

    consent.withdraw(here.ledger, other, viewing=where, person=EWAN, consent=given)

    assert [state for _, state in told(here, access, where)] == [ConsentState.WITHDRAWN]
    assert not known(here, helper)


@pytest.mark.parametrize("organisations", [frozenset[UUID](), frozenset({HOMES}), {COUNCIL}])
def test_nobody_is_asked_for_an_organisation_that_needs_no_consent(
    here: World, organisations: frozenset[UUID]
) -> None:
    helped(here)
    access, where = opened(here)
    question = replace(ASKED, organisations=frozenset(organisations))

    with pytest.raises(Refused):
        consent.record(
            here.ledger, access, viewing=where, person=EWAN, question=question, reply=YES
        )
    assert told(here, access, where) == []


def test_only_members_of_the_family_that_is_looked_at_are_asked(here: World) -> None:
    helped(here)
    access, where = opened(here)

    with pytest.raises(NotFound):
        asked(here, access, where, person=MIA)
    with pytest.raises(NotFound):
        asked(here, access, reference(404))
    asked(here, access, where, person=LEAH)


def test_a_consent_of_one_member_is_not_another_s(here: World) -> None:
    helped(here)
    access, where = opened(here)
    asked(here, access, where)
    ((given, _),) = told(here, access, where)

    with pytest.raises(NotFound):
        consent.withdraw(here.ledger, access, viewing=where, person=LEAH, consent=given)


def test_what_has_ended_is_not_withdrawn_again(here: World) -> None:
    helped(here)
    access, where = opened(here)
    asked(here, access, where, NO)
    ((refused, _),) = told(here, access, where)

    with pytest.raises(ConsentFault):
        consent.withdraw(here.ledger, access, viewing=where, person=EWAN, consent=refused)


def test_a_yes_ends_on_its_day_and_says_who_asked_with_which_words(here: World) -> None:
    helped(here)
    access, where = opened(here)
    asked(here, access, where)

    (shown,) = consent.list_consents(here.ledger, access, viewing=where).of(EWAN).consents

    assert (shown.ends, shown.asked_on) == (TODAY + timedelta(days=91), TODAY)
    assert (shown.organisations, shown.giver) == (("Hands",), Giver.PARENT)
    assert (shown.asker, shown.wording) == ("Asha Rahman", "2026-11")


def test_every_act_is_entered_with_whom_it_is_about(here: World) -> None:
    helped(here)
    access, where = opened(here)
    asked(here, access, where)
    ((given, _),) = told(here, access, where)
    consent.withdraw(here.ledger, access, viewing=where, person=EWAN, consent=given)

    acts = {Event.CONSENT_RECORDED, Event.CONSENTS_READ, Event.CONSENT_WITHDRAWN}
    kept = [each.event for each in entries(here) if each.event in acts]
    assert kept == [Event.CONSENT_RECORDED, Event.CONSENTS_READ, Event.CONSENT_WITHDRAWN]
