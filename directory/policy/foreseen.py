"""Make what a preview shows of a service's answer: its state and which fields, never a contact."""

from dataclasses import dataclass, fields

from directory.domain.access import Access
from directory.domain.vocabulary import Level, Service, State
from directory.policy.contacts import make_contact
from directory.policy.disclosed import SEAL, Disclosed, DisclosedContact
from directory.policy.disclosure import viewer_of
from directory.policy.modifiers import Question, decide

_TOLD_NOTHING = frozenset(
    {
        "viewer",
        "precision",
        "left",
        "away",
        "stands_in_for",
        "back_on",
        "works",
        "email_trust",
        "unconfirmed_days",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedForeseen(Disclosed):
    """What a service would answer somebody else: its state, and which `parts` of a contact."""

    service: Service
    title: str
    state: State
    level: str
    parts: tuple[str, ...]
    agreements: tuple[str, ...]


def disclose_foreseen(access: Access, question: Question) -> DisclosedForeseen | None:
    """Return what the question's viewer would be told, sealed to whoever previews it.

    Of the contacts only the names of the parts that would be filled are kept. None where the
    service is not listed for that viewer.
    """
    verdict = decide(question)
    if verdict.level is Level.L0 or question.profile is None or verdict.state is None:
        return None
    named = verdict.visible if verdict.level >= Level.L4 else ()
    contacts = [
        make_contact(each, question, verdict, viewer=viewer_of(access), day=question.today)
        for each in named
    ]
    return DisclosedForeseen(
        viewer=viewer_of(access),
        seal=SEAL,
        service=question.service,
        title=question.profile.title,
        state=verdict.state,
        level=verdict.level.name,
        parts=tuple(
            each.name
            for each in fields(DisclosedContact)
            if each.name not in _TOLD_NOTHING and any(getattr(one, each.name) for one in contacts)
        ),
        agreements=verdict.agreements,
    )
