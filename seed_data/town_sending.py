"""Send each family to the extracts of the services that know it."""

from random import Random

from town_columns import Line
from town_extracts import Extract
from town_families import Family, Tie
from town_habits import Habits, tidied
from town_involvements import Involvement, KnownFamily
from town_writing import Clerk

_PATCHES = 40


class Sender:
    """Writes what one service knows, family by family, into its extract."""

    def __init__(self, habits: Habits, extract: Extract, seed: int) -> None:
        """Take up the feed's habits, and a tidy version of them."""
        self._extract = extract
        self._rng = Random(f"{seed}:{habits.service}")
        self._habits = habits
        self._untidy = Clerk(habits, self._rng)
        self._tidy = Clerk(tidied(habits), self._rng)

    def send(self, known: KnownFamily, involvements: tuple[Involvement, ...]) -> None:
        """Write one line for each involvement, with the person's identity in it."""
        clerk = self._clerk(known)
        for each in involvements:
            line = clerk.identity(each.person, each.address) | clerk.involvement(each)
            line["source_reference"] = self._extract.new_reference()
            line["patch_code"] = f"P{each.address.district % _PATCHES + 1:02d}"
            self._extract.write(line)

    def send_family(self, known: KnownFamily, number: int) -> None:
        """Write the family's persons, then its allocations, then its ties."""
        if known.allocations is None:
            return
        clerk = self._clerk(known)
        references = self._send_people(known.family, clerk, f"FAM-{number:06d}")
        for each in known.allocations:
            line = clerk.involvement(each)
            line["record"] = "allocation"
            line["source_reference"] = self._extract.new_reference()
            line["person_reference"] = references[known.family.people.index(each.person)]
            self._extract.write(line)
        for tie in known.family.ties:
            self._extract.write(self._tie(tie, references))

    def _clerk(self, known: KnownFamily) -> Clerk:
        return self._tidy if known.tidy else self._untidy

    def _send_people(self, family: Family, clerk: Clerk, family_reference: str) -> list[str]:
        """Write a line for each member; return their references, in order."""
        references = []
        for person in family.people:
            reference = self._extract.new_reference()
            line = clerk.identity(person, person.address)
            line["record"] = "person"
            line["source_reference"] = reference
            line["family_reference"] = family_reference
            line["family_role"] = person.role
            self._extract.write(line)
            references.append(reference)
        return references

    def _tie(self, tie: Tie, references: list[str]) -> Line:
        return {
            "record": "tie",
            "person_reference": references[tie.person],
            "tie": tie.word,
            "other_reference": references[tie.other],
            "started": self._habits.day(tie.started),
            "ended": self._habits.day(tie.ended),
        }
