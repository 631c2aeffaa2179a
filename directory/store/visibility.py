"""Which versions of what a feed sent are seen: those its current delivery makes visible."""

from sqlalchemy import ColumnElement, and_

from directory.store.line_tables import FeedRow, LineRow, PractitionerRow, TeamRow


def seen(version: type[LineRow | TeamRow | PractitionerRow]) -> ColumnElement[bool]:
    """Return the condition, joined to the feed, that a version is the current one."""
    return and_(
        FeedRow.service == version.service,
        version.visible_from <= FeedRow.current,
        version.visible_until > FeedRow.current,
    )
