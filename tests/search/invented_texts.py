"""Texts of an invented council: few that are told apart, or many."""

from itertools import product

from directory.domain.texts import Text, TextKind, TextSought
from directory.domain.vocabulary import Service
from directory.search.texts import Shelf

EVERY_KIND = frozenset(TextKind)
HILLSIDE = Text(kind=TextKind.ORGANISATION, reference="HHA", name="Hillside Homes")
SCHOOL = Text(kind=TextKind.ORGANISATION, reference="STM", name="St Mary’s C of E Primary School 2")
ACADEMY = Text(kind=TextKind.ORGANISATION, reference="MAA", name="Marybrook Academy")
POLICE = Text(
    kind=TextKind.SERVICE,
    reference="police",
    name="Northshire Police",
    within=("Northshire",),
    service=Service.POLICE,
    team_only=True,
)
TENANCY = Text(
    kind=TextKind.TEAM,
    reference="0" * 32,
    name="Tenancy Team East",
    within=("Hillside Homes", "Housing"),
    service=Service.HOUSING,
)
OFFICER = Text(
    kind=TextKind.PRACTITIONER_ROLE,
    reference=f"{'0' * 32}/Housing officer",
    name="Housing officer",
    within=("Tenancy Team East", "Hillside Homes", "Housing"),
    service=Service.HOUSING,
)
ANSWERS = Text(
    kind=TextKind.GUIDANCE,
    reference="/answers",
    name="What the answers mean",
    body="None found means that nothing was found among matched lines.",
)
COUNCIL = (HILLSIDE, SCHOOL, ACADEMY, POLICE, TENANCY, OFFICER, ANSWERS)

_PARTS = "ha el wen mor tun bri cas dor fen gil hol ing jer kel lan mar nor ost pen sal"
_SYLLABLES = tuple(_PARTS.split())
_ENDINGS = ("Primary School", "Housing Team", "Homes", "Surgery", "Family Centre")


def sought(words: str, *kinds: TextKind) -> TextSought:
    """Return a search of `kinds`, or of every kind where none is named."""
    return TextSought(words=words, kinds=frozenset(kinds) or EVERY_KIND)


def shelf(*texts: Text, sequence: int = 1) -> Shelf:
    """Return `texts`, those of the council where none is named."""
    return Shelf(sequence=sequence, texts=texts or COUNCIL)


def many(count: int) -> tuple[Text, ...]:
    """Return `count` organisations with names of few words."""
    names = (
        f"{''.join(parts).title()} {ending}"
        for *parts, ending in product(_SYLLABLES, _SYLLABLES, _SYLLABLES, _ENDINGS)
    )
    return tuple(
        Text(kind=TextKind.ORGANISATION, reference=f"O{number}", name=name)
        for number, name in zip(range(count), names, strict=False)
    )
