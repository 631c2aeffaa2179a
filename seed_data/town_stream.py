"""Let the town's families come by one at a time, so that a large town needs no large memory."""

from collections.abc import Iterator
from datetime import date
from random import Random

from town_agencies import Agencies
from town_blakes import hand_written_families
from town_families import Registry
from town_identifiers import nhs_numbers
from town_involvements import KnownFamily, Stage
from town_kinship import FamilyMaker
from town_places import streets_for
from town_schooling import schooling
from town_services import adult_social_care, police, tenancies
from town_social_care import allocations

_SOCIAL_CARE_SHARE = 0.25


def stream_town(
    *, families: int, seed: int, as_of: date, agencies: Agencies
) -> Iterator[KnownFamily]:
    """Yield `families` families, the hand-written ones a third of the way in.

    Every family has its own stream of chance, so one does not depend on those before it.
    """
    registry = Registry(nhs_numbers=nhs_numbers(seed))
    hand_written = tuple(hand_written_families(registry, agencies, as_of))
    invented = families - len(hand_written)
    for number in range(invented):
        if number == invented // 3:
            yield from hand_written
        rng = Random(f"{seed}:family:{number}")
        maker = FamilyMaker(rng=rng, registry=registry, streets=streets_for(families), as_of=as_of)
        yield _known(Stage(agencies=agencies, as_of=as_of, rng=rng), maker)


def _known(stage: Stage, maker: FamilyMaker) -> KnownFamily:
    """Return the family that `maker` makes, with all its involvements."""
    family = maker.make()
    social_care = stage.happens(_SOCIAL_CARE_SHARE)
    return KnownFamily(
        family=family,
        school=tuple(schooling(stage, family)),
        housing=tuple(tenancies(stage, family)),
        adult_social_care=tuple(adult_social_care(stage, family)),
        police=tuple(police(stage, family)),
        allocations=tuple(allocations(stage, family)) if social_care else None,
    )
