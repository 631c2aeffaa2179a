"""Tell whom a declared interest is about, read on a snapshot that holds no lock."""

from collections.abc import Collection
from uuid import UUID

from directory.domain.looking import Sought
from directory.domain.people import Person
from directory.domain.traces import interests_in
from directory.ledger.indexing import query_of
from directory.ledger.work import Work
from directory.store.people import PeopleStore

_NEAR = 200
"""How many of the likeliest are compared: who has the very name and birth is among the first."""


def meant(work: Work, sought: Sought, texts: Collection[str]) -> frozenset[UUID]:
    """Return who is told by any of `texts`, hidden people too; never for a page.

    The same statements are sent whether or not there is anybody.
    """
    query = query_of(sought, work.access.today)
    nobody = work.new_reference()
    with work.backing.database.reading() as snapshot:
        near = work.backing.index.ranked(snapshot, query, hidden=frozenset(), most=_NEAR)
        people = {UUID(bytes=each.person) for each in near} | work.guarded() | {nobody}
        described = PeopleStore(snapshot, work.backing.sealer).described(people)
    return frozenset(each.reference for each in described if not _told(each).isdisjoint(texts))


def _told(person: Person) -> frozenset[str]:
    return interests_in(person.names, person.birth.day if person.birth else None)
