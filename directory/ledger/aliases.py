"""Find pairs of names in what services send."""

from collections.abc import Iterable
from uuid import UUID

from directory.domain.aliases import Met, Spelling, met
from directory.ledger.work import Work
from directory.search.aliases import variants
from directory.search.names import words
from directory.store.aliases import AliasStore, fits


def pairs_met(work: Work, *, least: int) -> tuple[Met, ...]:
    """Return the pairs that at least `least` people bear out, read on a snapshot without a lock.

    Nobody guarded takes part; nothing says who does.
    """
    with work.backing.database.reading() as snapshot:
        named = AliasStore(snapshot).named(work.guarded())
        return fits(met(map(_spellings, named), least=least, is_known=_are_variants))


def _spellings(named: Iterable[tuple[UUID, str, str, str]]) -> tuple[Spelling, ...]:
    """Return how services spell one person, folded as names are compared."""
    return tuple(
        Spelling(
            person=person,
            service=service,
            forename=next(iter(words(forenames)), ""),
            surname=family[0] if len(family := words(surname)) == 1 else "",
        )
        for person, service, forenames, surname in named
    )


def _are_variants(one: str, other: str) -> bool:
    return other in variants().get(one, ())
