"""Invent streets, houses and postcodes in an area that does not exist.

No postcode area of the United Kingdom is called NX, yet it has the general form of one.
"""

from dataclasses import dataclass
from random import Random

AREA = "NX"
DISTRICTS = 20
PLACES = (
    "Thornmere",
    "Eskelby",
    "Wraxley",
    "Dunholt",
    "Marlsea",
    "Coldbeck",
    "Pennerick",
    "Aldermoss",
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STEMS = _words(
    """
Larkspur Kestrel Hillside Mallow Foxglove Orchard Quarry Millrace Tannery Sorrel Juniper Heron
Plover Bramble Copper Ferry Lantern Saddler Weaver Cobbler Tinker Harbour Beacon Windmill Rookery
Meadow Willow Alder Rowan Hazel Aspen Bracken Teasel Clover Linnet Curlew Wagtail Fulmar Otter
Badger Ropewalk Saltmarsh Thistle Yarrow Campion Bluebell Primrose Marigold Hawthorn Blackthorn
Elder Damson Pippin Russet Quince Medlar Mulberry Walnut Chestnut Lavender
"""
)
_ENDINGS = _words(
    """
Road Street Avenue Close Lane Drive Way Rise Gardens Crescent Terrace Walk Court Place Grove Mews
View Row Green Bank
"""
)
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # the letters that occur in the last two places
_SECTORS = 9
_STRETCH = 7919  # a prime: neighbouring street numbers get unlike names
_FAMILIES_A_STREET = 6
_LEAST_STREETS = 60
_FLAT_SHARE = 0.12
_LETTERED_SHARE = 0.16
_NAMED_SHARE = 0.17
_HOUSE_NAMES = ("The Old Forge", "Rose Cottage", "Mill House", "Station Cottage", "Ivy Bank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One home; `district` counts from 0 and says whose neighbourhood it is."""

    house: str
    street: str
    postcode: str
    district: int

    @property
    def place(self) -> str:
        """Return the place its district belongs to."""
        return PLACES[self.district % len(PLACES)]


def streets_for(families: int) -> int:
    """Return how many streets a town of so many families has."""
    return max(_LEAST_STREETS, families // _FAMILIES_A_STREET)


def street_of(index: int) -> tuple[str, str, int]:
    """Return the name, the postcode and the district of the street with this number.

    Postcodes are unique for the first 72,000 streets.
    """
    chosen = index * _STRETCH % (len(_STEMS) * len(_ENDINGS))
    name = f"{_STEMS[chosen % len(_STEMS)]} {_ENDINGS[chosen // len(_STEMS)]}"
    within, district = divmod(index, DISTRICTS)
    unit, sector = divmod(within, _SECTORS)
    shuffled = (unit * 37 + district * 61 + sector * 17) % len(_UNIT_LETTERS) ** 2
    first, second = divmod(shuffled, len(_UNIT_LETTERS))
    letters = _UNIT_LETTERS[first] + _UNIT_LETTERS[second]
    return name, f"{AREA}{district + 1} {sector + 1}{letters}", district


def draw_house(rng: Random) -> str:
    """Return a house number, now and then a flat, a lettered number or a name."""
    number = rng.randrange(1, 141)
    kind = rng.random()
    if kind < _FLAT_SHARE:
        return f"Flat {rng.randrange(1, 25)}, {number}"
    if kind < _LETTERED_SHARE:
        return f"{number}{rng.choice('ABC')}"
    if kind < _NAMED_SHARE:
        return rng.choice(_HOUSE_NAMES)
    return str(number)


def draw_address(streets: int, rng: Random) -> Address:
    """Return a home in one of the town's `streets`."""
    street, postcode, district = street_of(rng.randrange(streets))
    return Address(house=draw_house(rng), street=street, postcode=postcode, district=district)
