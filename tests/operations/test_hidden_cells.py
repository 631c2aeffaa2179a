"""At the ledger every role is told of somebody hidden exactly what it is told of one unknown."""

from pathlib import Path

from tests.operations.hidden_world import USERS, Compared, compare, hiding

CELLS = 128_000


def test_no_disclosed_value_tells_somebody_hidden_from_one_unknown(tmp_path: Path) -> None:
    found = Compared()

    with hiding(tmp_path, families_hidden=8, seed=20261123) as town:
        for email in USERS:
            compare(town, email, found)

    assert found.differing == []
    assert found.cells >= CELLS
