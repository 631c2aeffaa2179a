"""What pairs of names are made of is read alike on every engine, and what is met no more goes."""

from sqlalchemy import Connection, insert, update

from directory.domain.aliases import Met, PairState, Part
from directory.domain.vocabulary import Service, TieKind
from directory.store.agencies import AgencyStore
from directory.store.aliases import AliasStore, LivesAt
from directory.store.engine import Database
from directory.store.line_tables import FeedRow, LineNameRow, LineRow, PersonRow, TieRow
from tests.factories import NOON, profile, reference

ONE, OTHER, THIRD = reference(1), reference(2), reference(3)
PAIRS = [
    Met(part=Part.FORENAME, names=names, homes=5)
    for names in (("ann", "nan"), ("bea", "trix"), ("cy", "cyril"))
]


def keep_family(connection: Connection) -> None:
    """Keep two siblings at one home, the line of one not being seen any more, and a third's."""
    AgencyStore(connection).keep_services([profile(Service.POLICE)])
    connection.execute(update(FeedRow).values(current=2))
    people = [{"id": each, "lifecycle": "live", "since": NOON} for each in (ONE, OTHER, THIRD)]
    connection.execute(insert(PersonRow), people)
    for line, (person, kind) in enumerate(
        ((ONE, "person"), (OTHER, "person"), (THIRD, "person"), (ONE, "tie")), 1
    ):
        connection.execute(
            insert(LineRow).values(
                id=line, service=Service.POLICE, source_reference=f"P{line}", visible_from=1,
                visible_until=2 if person == OTHER else 9, kind=kind, digest=b"", person=person,
                state="linked", postcode="NX1 1AA", family="F1",
            )
        )  # fmt: skip
        if kind == "person":
            name = {"forenames": f"Ann {line}", "surname": "Lee", "kind": "current"}
            connection.execute(insert(LineNameRow).values(line=line, position=0, **name))
    connection.execute(insert(TieRow).values(line=4, kind=TieKind.SIBLING_OF, other=OTHER))


def test_living_people_are_named_by_seen_lines_but_for_the_guarded(database: Database) -> None:
    with database.writing() as connection:
        keep_family(connection)

        found = list(AliasStore(connection).named({THIRD}))

    assert [(person, [each.forenames for each in lines]) for person, lines in found] == [
        (ONE, ["Ann 1"])
    ]


def test_homes_and_ties_are_read_of_those_asked_for(database: Database) -> None:
    with database.writing() as connection:
        keep_family(connection)
        store = AliasStore(connection)

        homes = set(store.homes([ONE, OTHER]))
        ties = [list(store.ties(each)) for each in ([ONE], [OTHER], [THIRD], [])]

    assert homes == {
        LivesAt(
            person=ONE, service=Service.POLICE, house="", street="", postcode="NX1 1AA", family="F1"
        )
    }
    assert ties == [[(ONE, OTHER)], [(ONE, OTHER)], [], []]


def test_undecided_pairs_that_are_met_no_more_go_and_decided_ones_stay(database: Database) -> None:
    with database.writing() as connection:
        store = AliasStore(connection)
        for number, each in enumerate(PAIRS):
            store.propose(reference(number), each, NOON)
        store.decide(reference(2), PairState.REFUSED, NOON)

        store.withdraw(PAIRS[:1])
        store.withdraw(PAIRS[:1])

        kept = {state: store.pairs(state, first=0, most=9) for state in PairState}

    assert [each.met for each in kept[PairState.PROPOSED]] == PAIRS[:1]
    assert [each.met for each in kept[PairState.REFUSED]] == PAIRS[2:]
