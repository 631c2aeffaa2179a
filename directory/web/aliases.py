"""The page on which a steward decides which pairs of spellings are variants of one name."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField
from wtforms.validators import AnyOf

from directory.domain.access import NotFound
from directory.domain.aliases import PairChoice, PairState, Part
from directory.operations import aliases as operations
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number
from directory.web.pages import Page, Shown, render

blueprint = capability("aliases")


class DecideForm(Form):
    """What a steward does with a pair."""

    choice = StringField("Choice", [AnyOf([str(each) for each in PairChoice])])


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView(Shown):
    """A pair with how many homes bear it out at least; nothing says who."""

    pair: UUID
    part: Part
    one: str
    other: str
    homes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsPage(Page):
    """The pairs that stand in one state, and when pairs were last sought."""

    template: ClassVar[str] = "aliases/pairs.html"
    state: PairState
    pairs: tuple[PairView, ...]
    least: int
    sought: datetime | None
    page: int
    has_more: bool


@blueprint.get("/aliases")
@performs(Action.ALIASES_DECIDE)
def pairs() -> ResponseReturnValue:
    """Show the pairs to decide on, or those decided on."""
    state = _state(request.args.get("state", PairState.PROPOSED))
    page = asked_number("page") or 1
    found = operations.list_pairs(ledger(), current_access(), state=state, page=page)
    return render(
        PairsPage(
            state=state,
            pairs=tuple(
                PairView(
                    pair=each.reference,
                    part=each.met.part,
                    one=each.met.names[0].capitalize(),
                    other=each.met.names[1].capitalize(),
                    homes=each.met.homes,
                )
                for each in found.pairs
            ),
            least=current_app.config["SETTINGS"].pair_homes,
            sought=found.sought,
            page=page,
            has_more=found.has_more,
        )
    )


@blueprint.post("/aliases/<uuid:pair>")
@performs(Action.ALIASES_DECIDE)
def decide(pair: UUID) -> ResponseReturnValue:
    """Take what a steward decides about a pair, and lead back to where it stood."""
    form = DecideForm(request.form)
    if not form.validate():
        raise NotFound
    before = operations.decide(
        ledger(), current_access(), pair=pair, choice=PairChoice(form.choice.data or "")
    )
    return redirect(f"/aliases?state={before.state}", 303)


def _state(text: str) -> PairState:
    try:
        return PairState(text)
    except ValueError:
        raise NotFound from None
