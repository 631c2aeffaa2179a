"""Send practitioners of the programme's own service, with their teams."""

from datetime import date
from typing import Annotated

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field

from directory.api.endpoints import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_NONE_MATCH,
    Endpoint,
    answer,
    body_of,
    idempotency_key,
    seen_at,
)
from directory.api.guard import Caller, ledger
from directory.api.involvements import Reference, Text, parts_of
from directory.api.lines import (
    REFERENCE_PATTERN,
    AnswersBody,
    TakenBody,
    answers_body,
    reference_of,
    taken,
)
from directory.domain.sent_lines import MOST_SENT, Once, Sent
from directory.domain.vocabulary import Scope
from directory.operations import sent_practitioners as operations
from directory.policy.permissions import Action

blueprint = Blueprint("practitioners", __name__)

Number = Annotated[str, Field(max_length=40)]


class PractitionerBody(BaseModel):
    """A practitioner of your service, how they are reached at work, and the team they work in.

    `left_on` is the first day they are not here. A team's name and role say nothing about the
    people it works with.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    role: Text | None = None
    phone: Number | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    left_on: date | None = None
    organisation_reference: Reference
    organisation_name: Text
    team_reference: Reference
    team_name: Text
    team_duty_line: Number | None = None
    team_out_of_hours_line: Number | None = None


class PractitionerLine(PractitionerBody):
    """One practitioner among several, under your own reference."""

    source_reference: Reference
    revision: Annotated[str, Field(pattern="^[0-9a-f]{1,64}$")] | None = Field(
        default=None,
        description="The revision at which you saw them, `0` for none; left out, it is not asked.",
    )


class PractitionersBody(BaseModel):
    """Up to 1,000 practitioners, each answered alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    practitioners: Annotated[
        tuple[PractitionerLine, ...], Field(min_length=1, max_length=MOST_SENT)
    ]


PUT = Endpoint(
    path="/practitioners/<path:source_reference>",
    method="PUT",
    action=Action.PRACTITIONERS_SEND,
    scope=Scope.PRACTITIONERS_WRITE,
    name="putPractitioner",
    body=PractitionerBody,
    headers=(IF_MATCH, IF_NONE_MATCH),
    parameters={"source_reference": REFERENCE_PATTERN},
    answers={200: TakenBody, 201: TakenBody},
    faults=(412,),
)
UPSERT = Endpoint(
    path="/practitioners:upsert",
    method="POST",
    action=Action.PRACTITIONERS_SEND,
    scope=Scope.PRACTITIONERS_WRITE,
    name="upsertPractitioners",
    body=PractitionersBody,
    headers=(IDEMPOTENCY_KEY,),
    answers={200: AnswersBody},
    faults=(409,),
)
_OF_THEMSELVES = frozenset({"name", "role", "phone", "email", "left_on"})


@PUT.serve(blueprint)
def put(caller: Caller, source_reference: str) -> Response:
    """Send one practitioner, new or known, under your own reference. It holds at once."""
    body = body_of(PractitionerBody)
    sent = Sent(reference=reference_of(source_reference), parts=_parts(body), seen=seen_at())
    [told] = operations.send(ledger(), caller.itself(), practitioners=(sent,), once=None)
    return taken(told)


@UPSERT.serve(blueprint)
def upsert(caller: Caller) -> Response:
    """Send up to 1,000 practitioners. Each is taken or refused alone, in the order given."""
    once = Once(key=f"practitioners {idempotency_key()}", body=request.get_data())
    body = body_of(PractitionersBody)
    sent = tuple(
        Sent(reference=each.source_reference, parts=_parts(each), seen=each.revision or "")
        for each in body.practitioners
    )
    told = operations.send(ledger(), caller.itself(), practitioners=sent, once=once)
    return answer(answers_body(told))


def _parts(body: PractitionerBody) -> dict[str, str]:
    """Return what a body says, by the columns of a file."""
    return {
        f"practitioner_{name}" if name in _OF_THEMSELVES else name: value
        for name, value in parts_of(body).items()
    }
