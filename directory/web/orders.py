"""What the pages of protected records arrange: orders, what each is due for, and what was said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from directory.domain.restrictions import OrderKind
from directory.policy.disclosed import DisclosedOrder
from directory.web.pages import Shown

_A_MOMENT = timedelta(microseconds=1)  # the end of a day is said by the day that ends


class Due(StrEnum):
    """What an order waits for, the most pressing first."""

    COUNTERSIGNING = "countersigning"
    LIFTING = "lifting"
    FIRST_LOOK = "first_look"
    REVIEW = "review"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView(Shown):
    """An order with what it waits for; `number` is what people call it by, and names nobody."""

    order: DisclosedOrder
    number: str
    due: Due
    by: datetime


def order_view(order: DisclosedOrder) -> OrderView:
    """Return the order with what it waits for, and by when."""
    due, by = _due(order)
    return OrderView(order=order, number=order.order.hex[:6].upper(), due=due, by=by)


def due_first(orders: tuple[DisclosedOrder, ...]) -> tuple[OrderView, ...]:
    """Return the orders, what is most pressing first."""
    places = list(Due)
    views = (order_view(each) for each in orders)
    return tuple(sorted(views, key=lambda view: (places.index(view.due), view.by)))


def _due(order: DisclosedOrder) -> tuple[Due, datetime]:
    if order.countersign_by is not None:
        return Due.COUNTERSIGNING, order.countersign_by - _A_MOMENT
    if order.lifting_from is not None:
        return Due.LIFTING, order.lifting_from
    if order.kind is OrderKind.UNDER_REVIEW:
        return Due.FIRST_LOOK, order.since
    return (Due.REVIEW if order.overdue else Due.NOTHING), order.review_due
