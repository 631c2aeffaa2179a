"""What is shown of an order that protects people."""

from collections.abc import Mapping
from uuid import UUID

from directory.domain.access import Access
from directory.domain.people import Person
from directory.domain.restrictions import Done, Order
from directory.policy.disclosed import SEAL, DisclosedDone, DisclosedNamed, DisclosedOrder
from directory.policy.disclosure import disclose_found, viewer_of
from directory.policy.permissions import Action, allows


def disclose_order(
    access: Access,
    order: Order,
    *,
    people: tuple[Person, ...],
    events: tuple[Done, ...],
    names: Mapping[UUID, str],
) -> DisclosedOrder:
    """Return the order; whom it protects and whom it names, to restriction officers alone."""
    viewer, keeps = viewer_of(access), allows(access.role, Action.PROTECTION_KEEP)
    lifting = order.lifting
    return DisclosedOrder(
        viewer=viewer,
        seal=SEAL,
        order=order.reference,
        kind=order.kind,
        protection=order.protection,
        people=tuple(disclose_found(access, each) for each in people) if keeps else (),
        named=tuple(
            DisclosedNamed(viewer=viewer, seal=SEAL, account=each, name=names.get(each, ""))
            for each in sorted(order.named)
            if keeps
        ),
        since=order.since,
        review_due=order.review_due,
        overdue=order.is_overdue(access.at),
        events=tuple(_done(viewer, each, names) for each in events),
        lifting_by=names.get(lifting.asked_by.account, "") if lifting else "",
        lifting_from=lifting.earliest if lifting else None,
        countersign_by=order.countersign_by,
        ended=order.ended is not None,
    )


def _done(viewer: str, done: Done, names: Mapping[UUID, str]) -> DisclosedDone:
    """Return what was done; by nobody, where a service's file brought it about."""
    actor = names.get(done.by, "") if done.by else ""
    return DisclosedDone(viewer=viewer, seal=SEAL, act=done.act, at=done.at, actor=actor)
