"""Which versions of what a feed sent are seen: those its current delivery makes visible."""

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm.util import AliasedClass

from directory.domain.extracts import LineState
from directory.store.line_tables import FOREVER, FeedRow, LineRow, PractitionerRow, TeamRow


def current(
    version: type[LineRow | TeamRow | PractitionerRow] | AliasedClass[PractitionerRow],
) -> ColumnElement[bool]:
    """Return the condition that a version is the current one, beside a feed of its service."""
    return and_(version.visible_from <= FeedRow.current, version.visible_until > FeedRow.current)


def seen(version: type[LineRow | TeamRow | PractitionerRow]) -> ColumnElement[bool]:
    """Return the condition, joined to the feed, that a version is the current one."""
    return and_(FeedRow.service == version.service, current(version))


def seen_or_staged() -> ColumnElement[bool]:
    """Return the condition, joined to the feed, that a line is seen, or is to be."""
    staged = and_(FeedRow.service == LineRow.service, LineRow.visible_until == FOREVER)
    return or_(seen(LineRow), staged)


def is_held_as(before: type[LineRow] | AliasedClass[LineRow]) -> ColumnElement[bool]:
    """Return the condition that a line is held, and `before` what it said until then."""
    return and_(
        LineRow.state == LineState.HELD,
        before.service == LineRow.service,
        before.source_reference == LineRow.source_reference,
        before.visible_until == LineRow.visible_from,
    )
