"""An occasion of emergency access is reviewed by somebody else, and a third one more closely."""

from dataclasses import replace

import pytest

from directory.domain.emergency import (
    LASTS,
    EmergencyReason,
    Occasion,
    OwnOccasion,
    check_reviewing,
)
from directory.domain.vocabulary import Role
from tests.factories import ASHA, EWAN, NOON, reference

OCCASION = Occasion(
    reference=reference(80),
    account=ASHA,
    role=Role.CHILDRENS_SOCIAL_WORKER,
    team=None,
    person=EWAN,
    reason=EmergencyReason.RISK_TO_LIFE,
    words="who can reach the mother now",
    started=NOON,
    ends=NOON + LASTS,
    review_due=NOON,
    earlier=0,
)


def test_somebody_else_reviews_an_occasion() -> None:
    check_reviewing(OCCASION, reference(29))

    for reviewer in (ASHA, None):
        with pytest.raises(OwnOccasion):
            check_reviewing(OCCASION, reviewer)


def test_a_third_occasion_in_thirty_days_asks_for_a_closer_look() -> None:
    told = [replace(OCCASION, earlier=each).is_repeated for each in range(4)]

    assert told == [False, False, True, True]
