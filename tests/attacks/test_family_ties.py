"""A role that sees no family is not told who belongs to one."""

from tests.attacks.intruder import IMRAN, Intruder, hits
from tests.town import Town

# Two of one family, both in the police's own file: a tie between them is not the police's to know.
KASHIF = "Kashif Rohan Sheikh-O'Brien"
FATIMA = "Fatima O'Brien"


def test_a_role_that_sees_no_family_is_not_led_to_another_of_its_members(
    town: Town,
) -> None:
    liaison = Intruder(town, IMRAN)
    (kashif,) = hits(liaison.search(name=KASHIF)).values()
    board = liaison.board(kashif, purpose="police_protection")
    fatima = next(iter(hits(liaison.search(name=FATIMA)).values()))

    chosen = liaison.open(fatima)

    assert chosen.headers.get("Location") != board
    assert "Fatima" in chosen.text


def test_a_role_that_sees_no_family_may_look_at_each_of_its_members(town: Town) -> None:
    liaison = Intruder(town, IMRAN)
    (kashif,) = hits(liaison.search(name=KASHIF)).values()
    liaison.board(kashif, purpose="police_protection")
    fatima = next(iter(hits(liaison.search(name=FATIMA)).values()))

    board = liaison.open(liaison.board(fatima, purpose="police_protection"))

    assert board.status_code == 200
    assert "Fatima" in board.text
    assert "Kashif" not in board.text
