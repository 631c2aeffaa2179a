"""The page on which a steward decides which pairs of spellings are variants of one name."""

from dataclasses import dataclass
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
from directory.web.pages import Page, Shown, render

blueprint = capability("aliases")

_MOST_PAGES = 1_000


class DecideForm(Form):
    """What a steward does with a pair."""

    choice = StringField("Choice", [AnyOf([str(each) for each in PairChoice])])


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView(Shown):
    """A pair with how many people bear it out at least; nothing says who."""

    pair: UUID
    part: Part
    one: str
    other: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsPage(Page):
    """The pairs that stand in one state."""

    template: ClassVar[str] = "aliases/pairs.html"
    state: PairState
    pairs: tuple[PairView, ...]
    least: int
    page: int
    has_more: bool


@blueprint.get("/aliases")
@performs(Action.ALIASES_DECIDE)
def pairs() -> ResponseReturnValue:
    """Show the pairs to decide on, or those decided on."""
    state = _state(request.args.get("state", PairState.PROPOSED))
    page = request.args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= len("999") else 0
    if not 1 <= number <= _MOST_PAGES:
        raise NotFound
    found, has_more = operations.list_pairs(ledger(), current_access(), state=state, page=number)
    return render(
        PairsPage(
            state=state,
            pairs=tuple(
                PairView(
                    pair=each.reference,
                    part=each.met.part,
                    one=each.met.names[0].capitalize(),
                    other=each.met.names[1].capitalize(),
                    people=each.met.people,
                )
                for each in found
            ),
            least=current_app.config["SETTINGS"].pair_people,
            page=number,
            has_more=has_more,
        )
    )


@blueprint.post("/aliases/seek")
@performs(Action.ALIASES_DECIDE)
def seek() -> ResponseReturnValue:
    """Look for pairs in the directory's own links."""
    operations.seek_pairs(
        ledger(), current_access(), least=current_app.config["SETTINGS"].pair_people
    )
    return redirect("/aliases", 303)


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
