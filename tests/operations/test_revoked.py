"""A restriction, or a role taken away, holds for every look that begins after it was kept."""

from pathlib import Path

from tests.bench.revoked_at_once import findable, rounds
from tests.operations.revoked import late_looks, readers_of
from tests.town import opened


def test_no_look_that_begins_after_a_restriction_or_a_removal_shows_anybody(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as town:
        late, looks, changes = rounds(town, changes=4, sessions=2)

    assert (late, changes) == (0, 4)
    assert looks > 4 * 4


def test_a_change_that_changes_nothing_is_noticed(tmp_path: Path) -> None:
    with opened(tmp_path) as town:
        person = next(findable(town))
        late, _ = late_looks(town, list(readers_of(town, person, sessions=1)), lambda: None)

    assert late > 0
