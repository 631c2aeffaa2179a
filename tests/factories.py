"""Make plausible values in one line, so that a test names only the facts it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from directory.domain.access import Access
from directory.domain.agencies import CommonLine, Feed, Practitioner, ServiceProfile, Team
from directory.domain.audit import GENESIS, Entry, Link, Outcome, Part, Subject, seal
from directory.domain.consent import USUAL_TERM, Answered, Consent, Giver, Manner
from directory.domain.corrections import About, Correction, Reporter, Wrong
from directory.domain.dates import local_day, months_before
from directory.domain.events import Event
from directory.domain.gates import Gate, HeldGate
from directory.domain.identifiers import Postcode
from directory.domain.involvement import Involvement
from directory.domain.lawfulness import (
    ConfidentialityBasis,
    LawfulBasis,
    ScheduleCondition,
    SpecialCondition,
)
from directory.domain.people import Address, Birth, Identifier, Member, Name, Person, Tie
from directory.domain.relationships import Claim
from directory.domain.rules import SHIPPED
from directory.domain.sharing import Agreement, Course, Party
from directory.domain.vocabulary import (
    FamilyRole,
    IdentifierKind,
    LegalPower,
    Lifecycle,
    NameKind,
    Purpose,
    Relationship,
    Role,
    Service,
    TieKind,
)
from directory.policy.basis import Grant, compiled
from directory.policy.modifiers import Question, Viewer

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""The moment of every test that names no other: a Tuesday, in winter time."""

TODAY = local_day(NOON)


def reference(number: int) -> UUID:
    """Return the same reference for the same number."""
    return UUID(int=number)


COUNCIL, HOMES = reference(1), reference(2)
EWAN, LEAH = reference(11), reference(12)
ASHA, ASHAS_TEAM = reference(21), reference(22)


def days_ago(days: int) -> date:
    """Return the day so many days before TODAY; below zero, after it."""
    return TODAY - timedelta(days=days)


def months_ago(months: int) -> date:
    """Return the day so many calendar months before TODAY."""
    return months_before(TODAY, months)


def name(forenames: str = "Ewan", surname: str = "Blake", **differing: Any) -> Name:
    """Return a current name."""
    default = Name(kind=NameKind.CURRENT, forenames=forenames, surname=surname)
    return replace(default, **differing)


def person(**differing: Any) -> Person:
    """Return Ewan Blake, a child of nine who lives in NX4."""
    default = Person(
        reference=EWAN,
        lifecycle=Lifecycle.LIVE,
        names=(name(),),
        birth=Birth(day=date(2017, 3, 27)),
        addresses=(address(),),
    )
    return replace(default, **differing)


def address(**differing: Any) -> Address:
    """Return an address in NX4."""
    default = Address(house="14", street="Mill Lane", postcode=Postcode.parse("NX4 2AB"))
    return replace(default, **differing)


def identifier(**differing: Any) -> Identifier:
    """Return an NHS number of the demonstration range."""
    default = Identifier(kind=IdentifierKind.NHS_NUMBER, value="9990000018")
    return replace(default, **differing)


def tie(**differing: Any) -> Tie:
    """Return that Leah is Ewan's parent."""
    default = Tie(source=LEAH, kind=TieKind.PARENT_OF, target=EWAN)
    return replace(default, **differing)


def member(**differing: Any) -> Member:
    """Return Ewan as his family's anchor."""
    return replace(Member(person=EWAN, role=FamilyRole.ANCHOR_CHILD), **differing)


def team(**differing: Any) -> Team:
    """Return a housing team with its lines."""
    default = Team(
        reference=reference(31),
        name="Hillside neighbourhood team",
        organisation="Hillside Homes",
        duty_line="01632 960100",
        out_of_hours_line="01632 960199",
    )
    return replace(default, **differing)


def practitioner(**differing: Any) -> Practitioner:
    """Return Kim Doyle, a housing officer who is still there."""
    default = Practitioner(
        reference=reference(32),
        name="Kim Doyle",
        role="Housing officer",
        phone="01632 960123",
        email="kim.doyle@homes.example",
    )
    return replace(default, **differing)


def involvement(service: Service = Service.HOUSING, **differing: Any) -> Involvement:
    """Return a live involvement with Ewan, led by Kim Doyle, last active thirty days ago."""
    default = Involvement(
        person=EWAN,
        service=service,
        source_reference="HH/1001",
        as_of=days_ago(1),
        started=days_ago(400),
        last_involved=days_ago(30),
        team=team(),
        lead=practitioner(),
    )
    return replace(default, **differing)


def profile(service: Service = Service.HOUSING, **differing: Any) -> ServiceProfile:
    """Return a service that contributes, with its published lines."""
    default = ServiceProfile(
        service=service,
        title=service.value.replace("_", " ").capitalize(),
        common_line=CommonLine(daytime="01632 960001", out_of_hours="01632 960002"),
        area="Northshire",
        covered_since=date(2024, 1, 1),
        update_cycle_days=2,
        date_meaning="The last day an officer spoke with the household.",
    )
    return replace(default, **differing)


def feed(service: Service = Service.HOUSING, **differing: Any) -> Feed:
    """Return a feed that came yesterday, whole."""
    default = Feed(service=service, as_of=days_ago(1), delivered_at=NOON - timedelta(days=1))
    return replace(default, **differing)


def party(organisation: UUID = COUNCIL, **differing: Any) -> Party:
    """Return a party that signed long ago."""
    default = Party(
        organisation=organisation, signed_on=days_ago(500), signed_by="Ada Field, director"
    )
    return replace(default, **differing)


def agreement(**differing: Any) -> Agreement:
    """Return an agreement in force over every service, purpose and power."""
    default = Agreement(
        reference="ISA-01",
        version=2,
        title="Safeguarding contacts",
        powers=frozenset(LegalPower),
        purposes=frozenset(Purpose) - {Purpose.LOCATING},
        services=frozenset(Service),
        parties=(party(COUNCIL), party(HOMES)),
        start=days_ago(400),
        review=days_ago(-200),
        end=days_ago(-400),
        bases=frozenset({LawfulBasis.PUBLIC_TASK}),
        special=frozenset({SpecialCondition.SUBSTANTIAL_PUBLIC_INTEREST}),
        schedule=frozenset({ScheduleCondition.SAFEGUARDING}),
        policy_document="APD-1",
        confidentiality=ConfidentialityBasis.LEGAL_DUTY,
        dpia="DPIA-1",
        course=Course(activated_at=NOON - timedelta(days=400)),
    )
    return replace(default, **differing)


def draft(**differing: Any) -> Agreement:
    """Return the same agreement, never activated."""
    return replace(agreement(course=Course()), **differing)


def grants(*agreements: Agreement, audience: UUID | None = COUNCIL) -> tuple[Grant, ...]:
    """Return what the agreements open to the council."""
    return compiled(agreements, audience=audience, holidays=frozenset())


def viewer(role: Role = Role.CHILDRENS_SOCIAL_WORKER, **differing: Any) -> Viewer:
    """Return an allocated children's social worker who protects a child."""
    default = Viewer(
        role=role, relationship=Relationship.ALLOCATED, purpose=Purpose.CHILD_PROTECTION
    )
    return replace(default, **differing)


def question(service: Service = Service.HOUSING, **differing: Any) -> Question:
    """Return what an adult's allocated worker asks of a service that answers, without a row."""
    default = Question(
        viewer=viewer(),
        service=service,
        age=34,
        lifecycle=Lifecycle.LIVE,
        profile=profile(service),
        rule=SHIPPED[service],
        grants=grants(agreement()),
        feed=feed(service),
        involvements=(),
        today=TODAY,
    )
    return replace(default, **differing)


def access(role: Role = Role.CHILDRENS_SOCIAL_WORKER, **differing: Any) -> Access:
    """Return Asha at her desk at NOON."""
    default = Access(
        at=NOON,
        role=role,
        account=ASHA,
        name="Asha Rahman",
        organisation=COUNCIL,
        practitioner=ASHA,
        team=ASHAS_TEAM,
        session=b"session",
        version=1,
    )
    return replace(default, **differing)


def held_gate(**differing: Any) -> HeldGate:
    """Return the training that Asha did a month before NOON, for a year."""
    default = HeldGate(
        gate=Gate.TRAINING, start=days_ago(30), end=days_ago(-335), evidence="LMS-4411"
    )
    return replace(default, **differing)


def asked_consent(**differing: Any) -> Consent:
    """Return what Asha asked Ewan at NOON about the council's volunteers."""
    default = Consent(
        reference=reference(81),
        person=EWAN,
        organisations=frozenset({COUNCIL}),
        wording="2026-11",
        asked_by=ASHA,
        asked_from=COUNCIL,
        asked_at=NOON,
        manner=Manner.AT_HOME,
    )
    return replace(default, **differing)


def consent_given(**differing: Any) -> Answered:
    """Return the answer of a parent, at NOON and for the usual term."""
    default = Answered(
        by=ASHA, at=NOON, manner=Manner.IN_WRITING, giver=Giver.PARENT,
        start=TODAY, end=TODAY + USUAL_TERM,
    )  # fmt: skip
    return replace(default, **differing)


def claim(**differing: Any) -> Claim:
    """Return Asha's own word that she works with Ewan, from NOON for three days."""
    default = Claim(
        account=ASHA,
        person=EWAN,
        kind=Relationship.CLAIMED,
        purpose=Purpose.CHILD_PROTECTION,
        start=NOON,
        end=NOON + timedelta(days=3),
        reason="Duty call this morning.",
    )
    return replace(default, **differing)


def correction(service: Service = Service.HOUSING, **differing: Any) -> Correction:
    """Return Asha's report at NOON, a Tuesday, that Kim Doyle's number is wrong."""
    default = Correction(
        reference=reference(91),
        about=About(service=service, practitioner=reference(32), team=None),
        wrong=Wrong.NUMBER,
        reporter=Reporter(account=ASHA, organisation=COUNCIL, role=Role.CHILDRENS_SOCIAL_WORKER),
        at=NOON,
        due=NOON + timedelta(days=2, hours=12),
    )
    return replace(default, **differing)


def entry(sequence: int = 1, **differing: Any) -> Entry:
    """Return the entry of Asha opening housing's card about Ewan."""
    default = Entry(
        sequence=sequence,
        reference=reference(1000 + sequence),
        at=NOON + timedelta(minutes=sequence),
        event=Event.CARD_OPENED,
        outcome=Outcome.DONE,
        actor=ASHA,
        role=Role.CHILDRENS_SOCIAL_WORKER,
        organisation=COUNCIL,
        session=b"session",
        occasion=reference(41),
        purpose=Purpose.CHILD_PROTECTION,
        power=LegalPower.CHILDREN_ACT_1989_S47,
        relationship=Relationship.ALLOCATED,
        service=Service.HOUSING,
        fields=("name", "phone"),
        agreements=("ISA-01 v2",),
        policy_version="2026-11",
        subjects=(Subject(reference=b"ewan", part=Part.ABOUT),),
        seal_key=b"key",
        sealed=b"ciphertext",
    )
    return replace(default, **differing)


def chain(length: int, *, key: bytes) -> tuple[Link, ...]:
    """Return a sound chain of so many entries, sealed with `key`."""
    links: list[Link] = []
    previous = GENESIS
    for sequence in range(1, length + 1):
        each = entry(sequence)
        previous = seal(each, previous=previous, key=key)
        links.append(Link(entry=each, mac=previous))
    return tuple(links)
