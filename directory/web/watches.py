"""Watch a family from its board, and stop."""

from uuid import UUID

from flask import redirect
from flask.typing import ResponseReturnValue

from directory.domain.watches import TooManyWatched
from directory.operations import watches as operations
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs

blueprint = capability("watches")


@blueprint.post("/families/<uuid:viewing>/watch")
@performs(Action.FAMILY_WATCH)
def watch(viewing: UUID) -> ResponseReturnValue:
    """Watch the family on the board."""
    try:
        operations.watch(ledger(), current_access(), viewing=viewing)
    except TooManyWatched:
        return redirect("/notices?said=too_many", 303)
    return redirect(f"/families/{viewing}?said=watched", 303)


@blueprint.post("/notices/watches/<uuid:watch>/stop")
@performs(Action.FAMILY_WATCH)
def stop(watch: UUID) -> ResponseReturnValue:
    """Watch a family no more."""
    operations.stop(ledger(), current_access(), watch=watch)
    return redirect("/notices?said=stopped", 303)
