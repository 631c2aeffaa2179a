"""The local rules of each service: ages shown, look-back and date precision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.domain.dates import months_before
from directory.domain.involvement import Involvement
from directory.domain.vocabulary import DatePrecision, Level, Role, Service

NO_UPPER_AGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRule:
    """What a service agrees to show, whoever asks.

    `look_back_months` bounds a live involvement by its last date; `contact_months` is how long
    an ended one keeps its contact, `extended_months` how long EXTENDED roles still see its month.
    """

    youngest: int = 0
    oldest: int = NO_UPPER_AGE
    look_back_months: int = 60
    contact_months: int = 12
    extended_months: int = 60
    precision: DatePrecision = DatePrecision.DAY

    def holds_age(self, age: int | None) -> bool:
        """Return whether an involvement is shown at `age`; an unknown age is shown."""
        return age is None or self.youngest <= age <= self.oldest


RULES: Mapping[Service, ServiceRule] = {
    Service.SCHOOL: ServiceRule(youngest=4, oldest=20),
    Service.CHILDRENS_SOCIAL_CARE: ServiceRule(),
    Service.ADULT_SOCIAL_CARE: ServiceRule(youngest=15),
    Service.HOUSING: ServiceRule(youngest=16),
    Service.POLICE: ServiceRule(),
    Service.HEALTH: ServiceRule(),
    Service.JUSTICE: ServiceRule(youngest=10),
    Service.EARLY_HELP: ServiceRule(),
    Service.SENSITIVE: ServiceRule(),
}
"""The shipped defaults (local): settings with these values until an IG lead changes them."""

EXTENDED = frozenset(
    {
        Role.CHILDRENS_SOCIAL_WORKER,
        Role.FAMILY_HELP_LEAD,
        Role.FRONT_DOOR,
        Role.TEAM_MANAGER,
    }
)
"""Children's social care and front door: the month of an ended involvement for five years."""


def is_live(involvement: Involvement, rule: ServiceRule, today: date) -> bool:
    """Return whether `involvement` goes on and was active inside the look-back."""
    if involvement.ended is not None and involvement.ended <= today:
        return False
    latest = involvement.latest
    return latest is None or latest >= months_before(today, rule.look_back_months)


def ceiling(involvement: Involvement, rule: ServiceRule, role: Role, today: date) -> Level:
    """Return the most that may be shown of `involvement`: L5, L3 when long ended, L0 when past."""
    if is_live(involvement, rule, today):
        return Level.L5
    ended = involvement.ended
    if ended is None or ended > today:
        return Level.L0
    if ended > months_before(today, rule.contact_months):
        return Level.L5
    if role in EXTENDED and ended > months_before(today, rule.extended_months):
        return Level.L3
    return Level.L0
