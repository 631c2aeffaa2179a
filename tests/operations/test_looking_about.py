"""However many look at once, what was shown and what was entered are the same, to a look."""

from pathlib import Path

from directory.operations import families
from tests.operations.hidden_world import USERS, signed_in
from tests.operations.looking_about import entered, look_about
from tests.web.canary import PEOPLE, standing
from tests.web.walks import ASHA

NAMES = tuple(f"{each['forenames']} {each['surname']}" for each in PEOPLE.values())


def test_every_look_of_eight_users_at_once_is_entered_exactly_once(tmp_path: Path) -> None:
    with standing(tmp_path / "council") as town:
        shown = look_about(town, looks=480, seed=20261123, names=NAMES)

        assert entered(town) == shown
        assert sum(shown.values()) > 200
        assert len({event for _, event in shown}) == 7


def test_a_look_that_is_not_counted_is_noticed(tmp_path: Path) -> None:
    with standing(tmp_path / "council") as town:
        shown = look_about(town, looks=80, seed=20261124, names=NAMES)

        families.list_mine(town.ledger, signed_in(town, ASHA, USERS[ASHA]))

        assert (entered(town) - shown).total() == 1
