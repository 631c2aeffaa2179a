"""Draw questions to policy, rich in days on the edge of a rule."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from directory.domain.availability import Availability, Away, Weekday
from directory.domain.involvement import Involvement
from directory.domain.mail_domains import MailTrust
from directory.domain.rules import SHIPPED, ServiceRule
from directory.domain.sharing import ContactField
from directory.domain.vocabulary import DatePrecision, Lifecycle, Purpose, Service
from directory.policy.contacts import Beside
from directory.policy.matrix import MATRIX
from directory.policy.modifiers import Question, Viewer
from tests.factories import (
    NOON,
    TODAY,
    agreement,
    correction,
    days_ago,
    draft,
    feed,
    grants,
    involvement,
    months_ago,
    party,
    practitioner,
    profile,
    reference,
    team,
)

LEAVER = practitioner(
    name="Xanthe Gone",
    role="Gone officer",
    phone="01632 960666",
    email="gone@homes.example",
    left_on=days_ago(0),
)
AWAY = practitioner(
    availability=Availability(
        weekdays=frozenset({Weekday.MONDAY}),
        away=Away(start=days_ago(1), end=days_ago(-7), cover=reference(38)),
    )
)
ABSENT = (AWAY, replace(AWAY, cover=practitioner(reference=reference(38), name="Kit Marsh")))
GONE = (practitioner(left_on=days_ago(0)), *ABSENT)
STALE = involvement(Service.SCHOOL, last_involved=days_ago(91))
BESIDE = Beside(reports=(correction(Service.SCHOOL),), judged={"homes.example": MailTrust.SECURE})

(IN_FORCE,) = grants(agreement(reference="ISA-02"))[:1]
(MASKED,) = grants(
    agreement(reference="ISA-03", fields=frozenset({ContactField.TEAM, ContactField.DUTY_LINE}))
)[:1]
ENDED_GROUNDS = grants(
    agreement(reference="ISA-91", end=days_ago(0)),
    agreement(reference="ISA-92", start=days_ago(-1)),
    agreement(reference="ISA-93", review=days_ago(31)),
    agreement(reference="ISA-94", parties=(party(signed_on=None),)),
    agreement(reference="ISA-95", powers=frozenset()),
    draft(reference="ISA-96"),
)

_edges: list[date | None] = [None, days_ago(-40), days_ago(0), days_ago(1), days_ago(30)]
_edges += [months_ago(each) for each in (11, 12, 13, 59, 60, 61)]
edges = st.sampled_from(_edges)

involvements_of_housing = st.builds(
    involvement,
    source_reference=st.sampled_from(["HH/1", "HH/2", "HH/3", "HH/4"]),
    as_of=st.sampled_from([days_ago(0), days_ago(2)]),
    started=st.sampled_from([None, months_ago(14), months_ago(70)]),
    last_involved=edges,
    ended=edges,
    team=st.sampled_from([None, team(), team(duty_line="")]),
    lead=st.sampled_from([None, practitioner(), practitioner(phone="", email=""), LEAVER, *ABSENT]),
)
rows = st.lists(
    involvements_of_housing, max_size=3, unique_by=lambda each: each.source_reference
).map(tuple)

past_rows = st.lists(
    st.builds(
        involvement,
        source_reference=st.sampled_from(["HH/1", "HH/2", "HH/3"]),
        as_of=st.sampled_from([days_ago(0), days_ago(2)]),
        last_involved=st.sampled_from([months_ago(61), months_ago(70)]),
        ended=st.sampled_from([None, months_ago(60), months_ago(61)]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda each: each.source_reference,
).map(tuple)
"""Rows that are out of everybody's view."""

viewers = st.builds(
    lambda row, purpose, own, suspended, lapsed: Viewer(
        role=row[0],
        relationship=row[1],
        purpose=purpose,
        own_service=own,
        suspended=suspended,
        lapsed=lapsed,
    ),
    row=st.sampled_from(sorted(MATRIX)),
    purpose=st.sampled_from(Purpose),
    own=st.none() | st.sampled_from(Service),
    suspended=st.sampled_from([False] * 9 + [True]),
    lapsed=st.sampled_from([False] * 9 + [True]),
)
SET_HERE = (
    ServiceRule(youngest=10, oldest=12, look_back_months=1, contact_months=0, extended_months=0),
    ServiceRule(precision=DatePrecision.MONTH, extended_months=12),
)
profiles = st.builds(
    profile,
    team_only=st.booleans(),
    covered_since=st.sampled_from([date(2024, 1, 1)] * 4 + [None]),
)
feeds = st.none() | st.builds(
    feed,
    as_of=st.sampled_from([days_ago(0), days_ago(2), days_ago(3), None]),
    failed_at=st.sampled_from([None, None, NOON]),
    unmatched=st.sampled_from([0, 0, 7]),
)
held_grants = st.lists(st.sampled_from([IN_FORCE, MASKED, *ENDED_GROUNDS]), max_size=3).map(tuple)
ages = st.none() | st.integers(0, 30)
lifecycles = st.sampled_from([Lifecycle.LIVE] * 6 + list(Lifecycle))


def at(service: Service, held: tuple[Involvement, ...]) -> tuple[Involvement, ...]:
    """Return involvements like `held` with `service`."""
    return tuple(replace(each, service=service) for each in held)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Draw any question at all."""
    service = draw(st.sampled_from(Service))
    asked = draw(profiles)
    return Question(
        viewer=draw(viewers),
        service=service,
        age=draw(ages),
        lifecycle=draw(lifecycles),
        profile=replace(asked, service=service),
        rule=draw(st.sampled_from([SHIPPED[service], *SHIPPED.values(), *SET_HERE])),
        grants=draw(held_grants),
        feed=draw(feeds),
        involvements=at(service, draw(rows)),
        today=TODAY,
    )


@st.composite
def answerable(draw: st.DrawFn) -> Question:
    """Draw a question that no modifier before the rows answers."""
    drawn = draw(questions())
    return replace(
        drawn,
        viewer=replace(
            drawn.viewer, suspended=False, lapsed=False, purpose=Purpose.CHILD_PROTECTION
        ),
        age=None,
        lifecycle=Lifecycle.LIVE,
        rule=SHIPPED[drawn.service],
        profile=profile(drawn.service, team_only=draw(st.booleans())),
        grants=(IN_FORCE,),
        feed=feed(drawn.service, unmatched=draw(st.sampled_from([0, 3]))),
    )
