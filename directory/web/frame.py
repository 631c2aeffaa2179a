"""The frame around every page: whose service this is, who is signed in, where one can go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app, request

from directory.domain.access import Access
from directory.domain.accounts import ABSOLUTE_LIMIT, IDLE_LOCK, Session
from directory.domain.gates import WARNING
from directory.policy.gates import needed
from directory.policy.permissions import Action, allows
from directory.settings import Settings
from directory.web.cookies import csrf_token
from directory.web.visit import current_visit
from directory.web.wording import ROLE_NAMES, day, moment

_PLACES = (
    (Action.PEOPLE_FIND, "Find a person", "/search"),
    (Action.UPKEEP, "Our involvements", "/upkeep"),
    (Action.EXTRACT_SEND, "Lists we send", "/extracts"),
    (Action.CORRECTIONS_ANSWER, "Reported as wrong", "/corrections"),
    (Action.FAMILIES_MINE, "My families", "/families/mine"),
    (Action.FAMILY_WATCH, "Notices", "/notices"),
    (Action.CLAIMS_CONFIRM, "Claims to confirm", "/claims"),
    (Action.CALLS_ANSWER, "Calls", "/calls"),
    (Action.ROTA_KEEP, "Rota", "/rota"),
    (Action.PROTECTION_READ, "Protected records", "/restrictions"),
    (Action.MATCHING_DECIDE, "Matching", "/matching"),
    (Action.EMERGENCY_REVIEW, "Emergency access", "/emergency"),
    (Action.AUDIT_INVESTIGATE, "Investigations", "/investigations"),
    (Action.CLAIMS_SAMPLE, "Sampled claims", "/claims/sample"),
    (Action.CORRECTIONS_OVERSEE, "Overdue reports", "/corrections/overdue"),
    (Action.SHARING_READ, "Agreements", "/agreements"),
    (Action.RULES_READ, "Local rules", "/rules"),
    (Action.ASSURANCE_KEEP, "Assurance", "/assurance"),
    (Action.MAIL_DOMAINS_JUDGE, "E-mail domains", "/mail-domains"),
    (Action.ACCOUNTS_MANAGE, "Accounts", "/accounts"),
    (Action.PROGRAMMES_KEEP, "Programmes", "/programmes"),
    (Action.SESSION_OWN, "Your sign-ins", "/session"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the navigation."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What the signed-in user should know on every page, and where to act on it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the layout shows around a page."""

    council_name: str
    product_name: str
    training: bool
    signed_in_name: str | None
    role_name: str | None
    navigation: tuple[Place, ...]
    csrf_token: str
    idle_seconds: int
    limit_seconds: int
    shown_at: str
    messages: tuple[Message, ...] = ()


def frame_for(access: Access | None, settings: Settings) -> Frame:
    """Return the frame for whoever is signed in, or for a visitor.

    How long the session still holds is told in seconds: a user's own clock may be wrong.
    """
    session = current_visit().session
    left = session.started + ABSOLUTE_LIMIT - current_visit().at if session else timedelta()
    council, product = whose_service(settings)
    return Frame(
        council_name=council,
        product_name=product,
        training=settings.training,
        signed_in_name=access.name if access else None,
        role_name=ROLE_NAMES[access.role] if access else None,
        navigation=_navigation(access) if access else (),
        csrf_token=csrf_token(),
        idle_seconds=int(IDLE_LOCK.total_seconds()),
        limit_seconds=int(left.total_seconds()),
        shown_at=moment(current_visit().at),
        messages=tuple(_messages(access, session)) if access and session else (),
    )


def whose_service(settings: Settings) -> tuple[str, str]:
    """Return the council's name and the service's, as every page says them."""
    return settings.council_name or current_app.config["COUNCIL_NAME"], settings.product_name


def _messages(access: Access, session: Session) -> Iterator[Message]:
    """Yield what waits for this user, then that a gate of theirs lapses soon, or has."""
    if session.calls_wait:
        yield Message(words="Somebody is waiting to be rung.", href="/calls")
    if session.reviews_wait:
        yield Message(words="Emergency access waits to be reviewed.", href="/emergency")
    if session.notices_wait:
        yield Message(words=_notices(session.notices_wait), href="/notices")
    if session.assured_until is not None and needed(access.role):
        yield from _assurance_message(session.assured_until, access.today)
    gates_end = session.gates_end
    if gates_end is not None and needed(access.role) and gates_end <= access.today + WARNING:
        ends = "ended" if gates_end <= access.today else "ends"
        words = f"Something you need to look at people {ends} on {day(gates_end)}."
        yield Message(words=words, href="/gates")


def _notices(count: int) -> str:
    return "Something changed about " + (
        "a family you watch." if count == 1 else f"{count} families you watch."
    )


def _assurance_message(until: date, today: date) -> Iterator[Message]:
    """Yield that the assurance of the user's organisation ends soon, or has ended."""
    if until <= today + WARNING:
        ends = "ended" if until <= today else "ends"
        words = f"The data assurance of your organisation {ends} on {day(until)}."
        yield Message(words=words, href="/gates")


def _navigation(access: Access) -> tuple[Place, ...]:
    return tuple(
        Place(label=label, href=href, current=request.path.startswith(href))
        for action, label, href in _PLACES
        if allows(access.role, action)
    )
