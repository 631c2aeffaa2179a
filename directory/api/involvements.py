"""Send involvements of the programme's own service."""

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
from directory.operations import sent_lines
from directory.policy.permissions import Action

blueprint = Blueprint("involvements", __name__)

Text = Annotated[str, Field(max_length=120)]
Reference = Annotated[str, Field(pattern=f"^{REFERENCE_PATTERN}$")]


class InvolvementBody(BaseModel):
    """One involvement of your service with one person, as a line of your file would say it.

    Days are ISO dates; `ended` is its last day. `team_reference` and `practitioner_reference` are
    those of practitioners that your file, or this API, sent before.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    forenames: Text
    surname: Text
    team_reference: Reference
    practitioner_reference: Reference | None = None
    known_as: Text | None = None
    former_surname: Text | None = None
    date_of_birth: date | None = None
    house: Annotated[str, Field(max_length=80)] | None = None
    street: Text | None = None
    postcode: Annotated[str, Field(max_length=10)] | None = None
    nhs_number: Annotated[str, Field(max_length=20)] | None = None
    upn: Annotated[str, Field(max_length=20)] | None = None
    started: date | None = None
    last_involved: date | None = None
    ended: date | None = None


class InvolvementLine(InvolvementBody):
    """One involvement among several, under your own reference."""

    source_reference: Reference
    revision: Annotated[str, Field(pattern="^[0-9a-f]{1,64}$")] | None = Field(
        default=None,
        description="The revision at which you saw it, `0` for none; left out, it is not asked.",
    )


class InvolvementsBody(BaseModel):
    """Up to 1,000 involvements, each answered alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lines: Annotated[tuple[InvolvementLine, ...], Field(min_length=1, max_length=MOST_SENT)]


PUT = Endpoint(
    path="/involvements/<path:source_reference>",
    method="PUT",
    action=Action.INVOLVEMENTS_SEND,
    scope=Scope.INVOLVEMENTS_WRITE,
    name="putInvolvement",
    body=InvolvementBody,
    headers=(IF_MATCH, IF_NONE_MATCH),
    parameters={"source_reference": REFERENCE_PATTERN},
    answers={200: TakenBody, 201: TakenBody},
    faults=(412,),
)
UPSERT = Endpoint(
    path="/involvements:upsert",
    method="POST",
    action=Action.INVOLVEMENTS_SEND,
    scope=Scope.INVOLVEMENTS_WRITE,
    name="upsertInvolvements",
    body=InvolvementsBody,
    headers=(IDEMPOTENCY_KEY,),
    answers={200: AnswersBody},
    faults=(409,),
)


@PUT.serve(blueprint)
def put(caller: Caller, source_reference: str) -> Response:
    """Send one involvement, new or known, under your own reference. It is seen within a minute."""
    body = body_of(InvolvementBody)
    line = Sent(reference=reference_of(source_reference), parts=parts_of(body), seen=seen_at())
    [told] = sent_lines.send(ledger(), caller.itself(), lines=(line,), once=None)
    return taken(told)


@UPSERT.serve(blueprint)
def upsert(caller: Caller) -> Response:
    """Send up to 1,000 involvements. Each is taken or refused alone, in the order given."""
    once = Once(key=f"involvements {idempotency_key()}", body=request.get_data())
    body = body_of(InvolvementsBody)
    lines = tuple(
        Sent(reference=each.source_reference, parts=parts_of(each), seen=each.revision or "")
        for each in body.lines
    )
    told = sent_lines.send(ledger(), caller.itself(), lines=lines, once=once)
    return answer(answers_body(told))


def parts_of(body: BaseModel) -> dict[str, str]:
    """Return what a body says, as texts of the parts of a file's line."""
    said = body.model_dump(exclude={"source_reference", "revision"}, exclude_none=True)
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in said.items()
    }
