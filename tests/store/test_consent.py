"""Consents as the database keeps them, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from directory.domain.consent import Answered, Giver, Manner, Withdrawal
from directory.store.agencies import AgencyStore
from directory.store.consent import ConsentStore
from directory.store.engine import Database
from directory.store.people import PeopleStore
from tests.factories import ASHA, COUNCIL, EWAN, NOON, TODAY, asked_consent, consent_given
from tests.factories import reference as made
from tests.store.holders import account, accounts, sealer

NO = Answered(by=ASHA, at=NOON, manner=Manner.BY_PHONE, giver=Giver.PERSON)
OVER = Withdrawal(by=ASHA, at=NOON + timedelta(hours=1))


@contextmanager
def asked(database: Database) -> Iterator[ConsentStore]:
    """Yield the store, with one question asked."""
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        PeopleStore(connection, sealer()).new([EWAN], NOON)
        store = ConsentStore(connection)
        store.keep(asked_consent())
        yield store


def test_a_consent_is_read_as_it_was_given_and_withdrawn(database: Database) -> None:
    with asked(database) as store:
        question = asked_consent()
        assert store.about([EWAN]) == (question,)
        store.answer(question.reference, consent_given())
        assert store.about([EWAN]) == (replace(question, answer=consent_given()),)

        store.withdraw(question.reference, OVER)

        assert store.about([EWAN]) == (replace(question, answer=consent_given(), withdrawal=OVER),)


def test_only_a_live_consent_to_an_organisation_tells_it_of_somebody(database: Database) -> None:
    with asked(database) as store:
        question = asked_consent().reference
        end = consent_given().end
        assert end is not None
        before = tuple(store.consented(COUNCIL, TODAY))
        store.answer(question, consent_given())

        live = tuple(store.consented(COUNCIL, TODAY))
        over = tuple(store.consented(COUNCIL, end))
        others = tuple(store.consented(made(404), TODAY))
        store.withdraw(question, OVER)

        assert (before, live, over, others) == ((), (EWAN,), (), ())
        assert store.consented(COUNCIL, TODAY) == set()


def test_a_refusal_tells_nobody_of_anybody(database: Database) -> None:
    with asked(database) as store:
        store.answer(asked_consent().reference, NO)

        assert store.consented(COUNCIL, TODAY) == set()
        assert store.about([EWAN]) == (replace(asked_consent(), answer=NO),)


def test_an_organisation_needs_consent_where_the_council_says_so(database: Database) -> None:
    with database.writing() as connection:
        store = AgencyStore(connection)
        store.keep_organisation(COUNCIL, known_as="V", name="Helping Hands", needs_consent=True)
        needed = store.trust(COUNCIL).needs_consent
        store.keep_organisation(COUNCIL, known_as="V", name="Helping Hands")

        assert (needed, store.trust(COUNCIL).needs_consent) == (True, False)
        assert not store.trust(None).needs_consent
