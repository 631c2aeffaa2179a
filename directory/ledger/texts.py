"""Find texts behind the door, and let their index follow what it is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from directory.domain.events import Event
from directory.domain.texts import Text, TextMatch, TextSought
from directory.policy.texts import may_be_indexed
from directory.search.texts import NO_TEXT_INDEX, Shelf, TextIndex, scan
from directory.store.engine import Database
from directory.store.texts import TextStore

MOVES_TEXTS = frozenset(
    {
        Event.COUNCIL_SET_UP,
        Event.EXTRACT_TAKEN,
        Event.EXTRACT_UNDONE,
        Event.PRACTITIONER_LEFT,
    }
)
"""Acts after which the index is brought up at once, so that no reader has to wait for it.

Whether it is behind is told by the number of changes alone, never by this.
"""


def at_once(task: Callable[[], None]) -> None:
    """Do `task` before going on."""
    task()


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of one instance: those in its database, and the `shipped` ones of this release.

    `aside` does a task that nobody waits for.
    """

    index: TextIndex = NO_TEXT_INDEX
    shipped: tuple[Text, ...] = ()
    aside: Callable[[Callable[[], None]], None] = at_once

    def find(
        self, connection: Connection, sought: TextSought, day: date
    ) -> tuple[tuple[TextMatch, ...], bool]:
        """Return what matches, the best first, and whether the index could tell.

        Where it could not, every text has been read instead.
        """
        found = self.index.find(sought, sequence=TextStore(connection).sequence())
        if found is not None:
            return found, True
        return scan(self._shelf(connection, day).texts, sought), False

    def standing(
        self, connection: Connection, matches: tuple[TextMatch, ...], day: date
    ) -> tuple[Text, ...]:
        """Return what those `matches` say that stand now, in their order: the index tells nothing.

        Whatever ended since it was made, or may be found no more, is left out.
        """
        named = TextStore(connection).named(matches, day)
        shipped = {
            TextMatch(kind=each.kind, reference=each.reference): each for each in self.shipped
        }
        found = (named.get(each) or shipped.get(each) for each in matches)
        return tuple(each for each in found if each is not None and may_be_indexed(each))

    def rebuild(self, database: Database, day: date) -> bool:
        """Index the texts as they stand, unless they are; False while somebody else does."""

        def read() -> Shelf:
            with database.reading() as snapshot:
                return self._shelf(snapshot, day)

        return self.index.rebuild(read)

    def follow(self, database: Database, day: date) -> None:
        """Bring the index up aside; where that fails, answers come from the database meanwhile."""

        def bring_up() -> None:
            try:
                self.rebuild(database, day)
            except (OSError, SQLAlchemyError):
                return  # it stays behind, which every reader notices

        self.aside(bring_up)

    def _shelf(self, connection: Connection, day: date) -> Shelf:
        store = TextStore(connection)
        texts = (each for each in store.all(day) if may_be_indexed(each))
        return Shelf(sequence=store.sequence(), texts=(*texts, *self.shipped))


UNINDEXED = Texts()
"""The texts of a database without an index: every one is read to answer."""
