from datetime import date

import pytest

from tests.factories import involvement

STARTED, LAST, ENDED = date(2025, 9, 1), date(2026, 3, 12), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("started", "last_involved", "ended", "latest"),
    [
        (STARTED, LAST, ENDED, LAST),
        (STARTED, None, ENDED, date(2026, 3, 31)),
        (STARTED, None, None, STARTED),
        (None, None, None, None),
    ],
)
def test_the_latest_day_is_the_last_contact_else_the_last_day_else_the_first(
    started: date | None, last_involved: date | None, ended: date | None, latest: date | None
) -> None:
    each = involvement(started=started, last_involved=last_involved, ended=ended)

    assert each.latest == latest
