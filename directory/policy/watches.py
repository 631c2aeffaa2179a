"""What of a board is news to whoever watches it: only what is disclosed to them, told apart."""

from dataclasses import dataclass, fields, replace

from directory.domain.access import Access
from directory.domain.involvement import Involvement
from directory.domain.vocabulary import State
from directory.policy.disclosed import DisclosedCard, DisclosedContact, DisclosedPerson
from directory.policy.disclosure import disclose_card
from directory.policy.modifiers import Question, Verdict, decide

_COUNTED = frozenset({State.INVOLVED, State.PREVIOUSLY_INVOLVED})
_ANSWERS = _COUNTED | {State.NONE_FOUND}
_NO_NEWS = frozenset({"viewer", "seal", "as_of", "about", "reported_on", "precision"})
"""What each list changes, and what others say of the contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One involvement as it is disclosed: `which` it is, `how` much of it, and `what` it says.

    `shown` is whether it stands on the viewer's card.
    """

    which: str
    how: str
    what: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a service's rows say to one viewer; `seen` is None where they could not be checked."""

    seen: tuple[Seen, ...] | None


def watched(access: Access, member: DisclosedPerson, question: Question) -> Watched | None:
    """Return what the service's rows say to this viewer, None where it does not answer from them.

    Behind a broker, outside a rule or without an agreement it says nothing that could change.
    Each involvement is disclosed as though it stood alone: what becomes of another, held or
    hidden, changes nothing of it.
    """
    card, verdict = disclose_card(access, member, question), decide(question)
    if card is None:
        return None
    if card.line.state is State.COULD_NOT_BE_CHECKED:
        return Watched(seen=None)
    if card.line.state not in _ANSWERS:
        return None
    visible = {each.source_reference for each in verdict.visible}
    each_alone = (_alone(access, member, question, each, visible) for each in question.involvements)
    return Watched(seen=tuple(each for each in each_alone if each is not None))


def _alone(
    access: Access,
    member: DisclosedPerson,
    question: Question,
    involvement: Involvement,
    visible: set[str],
) -> Seen | None:
    alone = replace(question, involvements=(involvement,))
    card = disclose_card(access, member, alone)
    if card is None or card.line.state not in _COUNTED:
        return None
    return Seen(
        which=involvement.source_reference,
        how=_how(card, decide(alone)),
        what=_what(card),
        shown=involvement.source_reference in visible,
    )


def _how(card: DisclosedCard, verdict: Verdict) -> str:
    """Return how much is shown: another level, mask or precision is no change of the family."""
    precise = (each.precision for each in card.contacts)
    return "|".join((verdict.level.name, *sorted(verdict.fields), *precise))


def _what(card: DisclosedCard) -> str:
    said = [str(card.line.state), str(card.line.month)]
    for contact in card.contacts:
        said.extend(
            f"{each.name}={getattr(contact, each.name)}"
            for each in fields(DisclosedContact)
            if each.name not in _NO_NEWS
        )
    return "\n".join(said)
