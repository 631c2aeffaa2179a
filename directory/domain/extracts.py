"""Extracts: what the lines of a feed's file say, and the report on a whole file."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from directory.domain.agencies import Practitioner, Team
from directory.domain.brake import Toll
from directory.domain.looking import Match
from directory.domain.people import Address, Identity
from directory.domain.vocabulary import FamilyRole, Service, TieKind

MOST_REFUSALS_LISTED = 1_000
_SENT = UUID("6f0c1d3e-52a1-4c0a-9d5e-8b6f7a1c2e44")
_BETWEEN = "\x1f"  # no value of a line holds it
_HALF = 8  # bytes of a digest that stand for the identity; the rest stand for all else


class FeedBusy(Exception):
    """Another delivery of the same feed is being taken."""


class FeedUnknown(Exception):
    """The service has no feed: the council was not set up with it."""


class AsOfRefused(ValueError):
    """The extract's as-of date is in the future, or before that of the lines it would replace."""


class NothingToUndo(Exception):
    """The feed has no last delivery that could be taken back."""


class FileChanged(Exception):
    """The file was changed while it was read."""


class LineKind(StrEnum):
    """What a line of an extract is about."""

    PERSON = "person"
    INVOLVEMENT = "involvement"
    ALLOCATION = "allocation"
    TIE = "tie"


class LineState(StrEnum):
    """Whether it is known whose a line is, and whether it may be shown."""

    LINKED = "linked"
    WAITING = "waiting"  # for a person to decide
    HELD = "held"  # a newer file lacked it: nobody is shown what it said


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one line says, parsed; `ended` is the first day after the involvement or tie.

    `person_reference` names the person line that an allocation or tie is about, and is empty
    where the line itself says who the person is. `number` is its place in the file.
    """

    number: int
    kind: LineKind
    source_reference: str
    identity: Identity | None = None
    person_reference: str = ""
    family: str = ""
    family_role: FamilyRole | None = None
    tie: TieKind | None = None
    other_reference: str = ""
    team: str = ""
    practitioner: str = ""
    started: date | None = None
    last_involved: date | None = None
    ended: date | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Return the references of the people it names by their own lines."""
        return tuple(each for each in (self.person_reference, self.other_reference) if each)

    @property
    def identity_words(self) -> str:
        """Return all that the line says of who its person is, in one text."""
        return _BETWEEN.join(_identity_words(self.identity))

    @property
    def other_words(self) -> str:
        """Return all that the line says beside who its person is, in one text."""
        return _BETWEEN.join(
            (
                self.kind,
                self.source_reference,
                self.person_reference,
                self.family,
                self.family_role or "",
                self.tie or "",
                self.other_reference,
                self.team,
                self.practitioner,
                *(
                    day.isoformat() if day else ""
                    for day in (self.started, self.last_involved, self.ended)
                ),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTeam:
    """A team as a feed sent it, under the feed's own reference.

    `employer` is the organisation it belongs to, by the council's own reference.
    """

    source_reference: str
    employer: str
    team: Team


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPractitioner:
    """A practitioner as a feed sent them, under the feed's own reference."""

    source_reference: str
    practitioner: Practitioner
    team: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A line as earlier files left it; `key` is its row, `since` the delivery it came with.

    `as_of` is None while the feed's own as-of date holds. One that is held is its person's still,
    and says what no file says.
    """

    key: int
    since: int
    kind: LineKind
    digest: bytes
    person: UUID | None
    as_of: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A line that is to be kept, with whose it is and the version it replaces.

    `person` is None while the line waits; `other` is the second person of a tie.
    """

    line: Line
    digest: bytes
    person: UUID | None
    other: UUID | None = None
    replaces: Standing | None = None

    @property
    def state(self) -> LineState:
        """Return whether it is known whose the line is."""
        return LineState.WAITING if self.person is None else LineState.LINKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One file's place in its feed; `token` claims the feed while the file is taken.

    `before` is the as-of date of the lines that are seen meanwhile, `as_of` the file's own.
    """

    service: Service
    number: int
    token: UUID
    before: date | None
    as_of: date


class LinkAnswer(StrEnum):
    """Whose a line is, as the evidence says."""

    KNOWN = "known"  # a person's who is in the directory
    NEW = "new"  # nobody's yet
    UNSURE = "unsure"  # a person has to decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """The answer to whose a line is; `person` is set where it is known.

    `candidates` are those it resembles, the likeliest first, whatever the answer. `held_for` are
    those protected whom the line may be about: whatever else it says, officers decide on it, and
    its sender is told what would have become of it without them.
    """

    answer: LinkAnswer
    person: UUID | None = None
    candidates: tuple[Match, ...] = ()
    held_for: frozenset[UUID] = frozenset()

    @property
    def resembled(self) -> tuple[UUID, ...]:
        """Return everybody whom the line may be about."""
        named = [each.person for each in self.candidates]
        return (*named, *sorted(self.held_for - set(named)))


class ExtractOutcome(StrEnum):
    """How a file ended."""

    TAKEN = "taken"
    STOPPED = "stopped"  # too many lines were refused: nothing of it is seen
    BRAKED = "braked"  # it would take too much away: nothing of it is seen
    UNDONE = "undone"  # it was taken, and what was seen before is seen again
    CHECKED = "checked"  # a dry run
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One fault of one line; line 0 is the file as a whole. The reason repeats no value."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a file's lines; `taken` is every line that was not refused.

    `new` began a person, `linked` went to a person already there, `known` says what it said
    before, `changed` says something else of the same person, `waiting` waits for a person to
    match. `absent` lines stand from earlier files and were not in this one, not even refused.
    `refused` lists MOST_REFUSALS_LISTED faults at most; `refused_lines` counts every refused line.
    Values of `numbered_columns` came as numbers, so that zeros before them are lost.
    `toll` is what it would take away, and `number` what lets it be taken nevertheless.
    """

    service: Service
    as_of: date
    outcome: ExtractOutcome
    lines: int = 0
    linked: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    waiting: int = 0
    absent: int = 0
    refused_lines: int = 0
    refused: tuple[Refusal, ...] = ()
    dropped_columns: tuple[str, ...] = ()
    numbered_columns: tuple[str, ...] = ()
    toll: Toll = field(default_factory=Toll)
    number: int = 0

    @property
    def taken(self) -> int:
        """Return the number of lines that were not refused."""
        return self.lines - self.refused_lines


def digest_of(identity: bytes, other: bytes) -> bytes:
    """Return the digest of a line from the keyed hashes of its two texts."""
    return identity[:_HALF] + other[:_HALF]


def identity_digest(digest: bytes) -> bytes:
    """Return the part of a line's digest that is equal where lines say the same of who it is."""
    return digest[:_HALF]


def said_by_hand(digest: bytes) -> bytes:
    """Return a digest that no file's line has, for one that says the same of who its person is."""
    return identity_digest(digest) + bytes(_HALF)


def team_id(service: Service, source_reference: str) -> UUID:
    """Return the reference of the team that `service` knows under `source_reference`."""
    return uuid5(_SENT, f"team/{service}/{source_reference}")


def practitioner_id(service: Service, source_reference: str) -> UUID:
    """Return the reference of the practitioner `service` knows under `source_reference`.

    It is the same before the first extract names them, so that accounts may point at it.
    """
    return uuid5(_SENT, f"practitioner/{service}/{source_reference}")


def _identity_words(identity: Identity | None) -> tuple[str, ...]:
    if identity is None:
        return ()
    names = (part for each in identity.names for part in (each.kind, each.forenames, each.surname))
    home = identity.address or Address()
    return (
        identity.birth.day.isoformat() if identity.birth else "",
        home.house,
        home.street,
        home.postcode.compact if home.postcode else "",
        *names,
        *(part for each in identity.identifiers for part in (each.kind, each.value)),
    )
