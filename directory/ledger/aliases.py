"""Find pairs of names in what services send."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from uuid import UUID

from directory.domain.aliases import Mined, Spelling, borne_out, met
from directory.ledger.work import Work
from directory.search.aliases import variants
from directory.search.names import sound_alike, words
from directory.search.pairs import LONGEST_PAIR
from directory.search.places import house_code, street_code
from directory.store.aliases import AliasStore, LineKey, LivesAt, NamedBy


def pairs_met(work: Work, *, least: int) -> Mined:
    """Return the pairs that at least `least` homes bear out, read on a snapshot without a lock.

    Nobody guarded takes part, not even as a relative; nothing says who does.
    """
    with work.backing.database.reading() as snapshot:
        store, guarded = AliasStore(snapshot), work.guarded()
        linked_by = store.linked_by_stewards()
        bearings = borne_out(
            ((person, _spellings(lines, linked_by)) for person, lines in store.named(guarded)),
            is_known=_are_variants,
            sound_alike=sound_alike,
        )
        bearers = {person for each in bearings for person in each.people}
        found = met(bearings, least=least, shared=_shared(store, bearers, guarded))
    short = tuple(each for each in found if sum(map(len, each.names)) <= LONGEST_PAIR)
    return Mined(pairs=short, too_long=len(found) - len(short))


def _spellings(
    lines: Sequence[NamedBy], linked_by: Mapping[LineKey, frozenset[UUID]]
) -> tuple[Spelling, ...]:
    """Return how lines spell one person, folded as names are compared."""
    return tuple(
        Spelling(
            service=each.line[0],
            forename=next(iter(words(each.forenames)), ""),
            surname=family[0] if len(family := words(each.surname)) == 1 else "",
            linked_by=linked_by.get(each.line, frozenset()),
        )
        for each in lines
    )


def _shared(
    store: AliasStore, people: Collection[UUID], guarded: Set[UUID]
) -> dict[UUID, Set[str]]:
    """Return what each of `people` may share with others of one home.

    A relative is shared with whoever has the same one, and with the relative: each person stands
    among their own.
    """
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for each in store.homes(people):
        found[each.person].update(_places(each))
    nowhere = [person for person in people if not found[person]]
    for person in nowhere:
        found[person].add("nowhere known")
    for one, other in store.ties(people):
        if not {one, other} & guarded:
            found[one] |= {f"relative {one}", f"relative {other}"}
            found[other] |= {f"relative {one}", f"relative {other}"}
    return dict(found)


def _places(of: LivesAt) -> Iterator[str]:
    """Yield the postcode, the street with the house, and the family, as far as they are said."""
    if of.postcode:
        yield f"postcode {of.postcode}"
    if of.street and of.house:
        yield f"house {street_code(of.street)} {house_code(of.house)}"
    if of.family:
        yield f"family {of.service} {of.family}"


def _are_variants(one: str, other: str) -> bool:
    return other in variants().get(one, ())
