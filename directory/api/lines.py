"""What became of the lines that were sent, as JSON."""

from collections.abc import Iterable

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from directory.api.endpoints import answer
from directory.api.errors import FieldFault, Problem
from directory.domain.extracts import Refusal
from directory.domain.identifiers import NO_REFERENCE, is_reference
from directory.domain.sent_lines import Became, SentAnswer

REFERENCE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9/_.\-]{0,39}"


class TakenBody(BaseModel):
    """It was taken. Whoever it is about, no more is told."""

    model_config = ConfigDict(frozen=True)

    source_reference: str
    outcome: Became
    revision: str


class LineAnswerBody(BaseModel):
    """What became of one line; `faults` say why it was refused."""

    model_config = ConfigDict(frozen=True)

    source_reference: str
    outcome: Became
    revision: str = Field(description="Empty where nothing stands under the reference.")
    faults: tuple[FieldFault, ...]


class AnswersBody(BaseModel):
    """What became of each line, in the order in which they were sent."""

    model_config = ConfigDict(frozen=True)

    taken: int
    lines: tuple[LineAnswerBody, ...]


def reference_of(text: str) -> str:
    """Return the service's own reference of an address, or raise the Problem of one that is not."""
    if not is_reference(text):
        raise Problem(422, faults=(FieldFault(field="source_reference", reason=NO_REFERENCE),))
    return text


def taken(told: SentAnswer) -> Response:
    """Return the answer to one line that was sent alone; raises Problem where it is not taken."""
    if told.became is Became.REFUSED:
        raise Problem(422, faults=_faults(told.faults))
    if told.became is Became.STALE:
        raise Problem(412)
    body = TakenBody(source_reference=told.reference, outcome=told.became, revision=told.revision)
    return answer(body, 201 if told.is_new else 200, revision=told.revision)


def answers_body(told: tuple[SentAnswer, ...]) -> AnswersBody:
    """Return the answer to lines that were sent together."""
    return AnswersBody(
        taken=sum(each.became is Became.TAKEN for each in told),
        lines=tuple(
            LineAnswerBody(
                source_reference=each.reference,
                outcome=each.became,
                revision=each.revision,
                faults=_faults(each.faults),
            )
            for each in told
        ),
    )


def _faults(found: Iterable[Refusal]) -> tuple[FieldFault, ...]:
    return tuple(FieldFault(field=each.column, reason=each.reason) for each in found)
