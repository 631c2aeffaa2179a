"""Take an agreement of the council's file into the register: active, a draft, or as it stands."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from directory.domain.access import Access
from directory.domain.agreements import Missing, Part
from directory.domain.sharing import Agreement, Course
from directory.ledger.work import Work
from directory.operations.sharing_acts import supersede
from directory.policy.basis import lacking


def enter_from_file(work: Work, access: Access, agreement: Agreement) -> tuple[str, ...]:
    """Keep one version as the file has it, and return what is to be said of it.

    It is active where it is complete, a draft where it lacks parts. A version that is active stays
    as it is, and so does a draft that somebody changed in the register.
    """
    register = work.sharing.register()
    standing = {each.label: (reference, each) for reference, each in register.items()}
    reference, held = standing.get(agreement.label, (work.new_reference(), None))
    if held is not None and (held.is_activated or held.course.edited_by is not None):
        return _stays(held, agreement)
    parts = tuple(each for each in lacking(agreement, access.today) if each.part is not Part.OVER)
    if parts:
        work.sharing.keep(reference, replace(agreement, course=Course(edited_at=access.at)))
        return (f"{agreement.label} is kept as a draft: {_in_words(parts)}",)
    course = Course(edited_at=access.at, activated_at=access.at)
    superseded = _begins_after(register.values(), agreement)
    work.sharing.keep(
        reference, replace(agreement, course=replace(course, superseded_from=superseded))
    )
    supersede(work, agreement, access.today)
    return ()


def _stays(held: Agreement, sent: Agreement) -> tuple[str, ...]:
    same = replace(held, course=Course(), parties=()) == replace(sent, parties=())
    signed = {(each.organisation, each.signed_on) for each in held.parties}
    if same and signed == {(each.organisation, each.signed_on) for each in sent.parties}:
        return ()
    why = "is active and never changes" if held.is_activated else "was changed in the register"
    return (f"{held.label} {why}: it stays as it was. Give the change a new version",)


def _begins_after(register: Iterable[Agreement], sent: Agreement) -> date | None:
    """Return when a later active version of the same agreement began, None where there is none."""
    later = (
        each.start
        for each in register
        if each.is_activated and each.reference == sent.reference and each.version > sent.version
    )
    return min(later, default=None)


def _in_words(parts: tuple[Missing, ...]) -> str:
    named = dict.fromkeys(each.part.replace("_", " ") for each in parts)
    return "it lacks " + ", ".join(named)
