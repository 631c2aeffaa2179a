"""Tell somebody by letter that something waits for them."""

from collections.abc import Collection
from uuid import UUID

from directory.domain.calls import Call, CallKind
from directory.ledger.work import Work


def tell(work: Work, kind: CallKind, *, caller: UUID, to: Collection[UUID]) -> None:
    """Let letters go to the accounts `to` about what `caller` just did; never about whom."""
    call = Call(reference=work.new_reference(), kind=kind, caller=caller, at=work.access.at)
    work.calls.keep(call)
    work.calls.page(call.reference, sorted(set(to) - {caller}), work.access.at)
