"""What the local rules of a service let be shown: ages, look-back and how long an end is told."""

from datetime import date

from directory.domain.dates import months_before
from directory.domain.involvement import Involvement
from directory.domain.rules import ServiceRule, Tally
from directory.domain.vocabulary import Level, Role

EXTENDED = frozenset(
    {
        Role.CHILDRENS_SOCIAL_WORKER,
        Role.FAMILY_HELP_LEAD,
        Role.FRONT_DOOR,
        Role.TEAM_MANAGER,
    }
)
"""Children's social care and front door: the month of an ended involvement for five years."""


Dated = Involvement | Tally
"""What has the dates of an involvement."""


def is_live(involvement: Dated, rule: ServiceRule, today: date) -> bool:
    """Return whether `involvement` goes on and was active inside the look-back."""
    if involvement.ended is not None and involvement.ended <= today:
        return False
    latest = involvement.latest
    return latest is None or latest >= months_before(today, rule.look_back_months)


def ceiling(involvement: Dated, rule: ServiceRule, role: Role, today: date) -> Level:
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
