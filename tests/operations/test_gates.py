"""What a lapsed gate closes, and what the audit says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from directory.domain.access import Refused
from directory.domain.accounts import SecondFactor
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.gates import LONGEST, Gate, GateFault
from directory.domain.looking import Sought
from directory.domain.vocabulary import Role
from directory.ledger.door import NotForThisRole
from directory.operations import people
from directory.operations.gates import (
    Giving,
    check_gates,
    give_gate,
    import_gates,
    list_lapsing,
    my_gates,
    show_gates,
    withdraw_gate,
)
from directory.operations.sessions import my_sessions
from directory.policy.gates import GatesClosed
from tests.factories import NOON, days_ago
from tests.operations.accounts_world import World, at_work, operator, settle, world

WAITS = Role.ADULT_SOCIAL_WORKER
"""A role without a purpose that cannot wait."""


@contextmanager
def council(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        settle(made, roles=frozenset({WAITS}))
        yield made


def withdraw(here: World, gate: Gate) -> None:
    withdraw_gate(
        here.ledger,
        operator(),
        account=here.account().reference,
        gate=gate,
        rule=SecondFactor.OPTIONAL,
    )


@pytest.mark.parametrize("gate", Gate)
def test_without_any_one_gate_nobody_is_looked_up(tmp_path: Path, gate: Gate) -> None:
    with council(tmp_path) as here:
        access = at_work(here, role=WAITS)
        asked = people.ask(here.ledger, access, sought=Sought(name="Ewan Baxter"))
        withdraw(here, gate)

        with pytest.raises(GatesClosed, match=gate):
            people.look_up(here.ledger, access, reference=asked)


def test_a_look_that_a_gate_closes_is_entered_as_refused(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        access = at_work(here, role=WAITS)
        asked = people.ask(here.ledger, access, sought=Sought(name="Ewan Baxter"))
        withdraw(here, Gate.VETTING)

        with pytest.raises(GatesClosed):
            people.look_up(here.ledger, access, reference=asked)

        assert here.events()[-1] == (Event.PEOPLE_SEARCHED, Outcome.REFUSED)


def test_a_gate_that_lapsed_closes_by_itself(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        after = NOON + LONGEST + timedelta(days=4)
        access = at_work(here, at=after, role=WAITS)

        asked = people.ask(here.ledger, access, sought=Sought(name="Ewan Baxter"))

        with pytest.raises(GatesClosed):
            people.look_up(here.ledger, access, reference=asked)


def test_a_closed_gate_leaves_ones_own_pages_open(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        access = at_work(here, role=WAITS)
        withdraw(here, Gate.TRAINING)

        assert my_sessions(here.ledger, access)


def test_a_gate_given_again_opens_at_once(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        access = at_work(here, role=WAITS)
        asked = people.ask(here.ledger, access, sought=Sought(name="Ewan Baxter"))
        withdraw(here, Gate.TRAINING)

        give_gate(
            here.ledger, operator(), account=here.account().reference,
            giving=Giving(gate=Gate.TRAINING, end=days_ago(-1), evidence="LMS-2"),
            rule=SecondFactor.OPTIONAL,
        )  # fmt: skip

        assert people.look_up(here.ledger, access, reference=asked).hits == ()


def test_an_end_too_far_ahead_is_refused(tmp_path: Path) -> None:
    with council(tmp_path) as here, pytest.raises(GateFault):
        give_gate(
            here.ledger, operator(), account=here.account().reference,
            giving=Giving(gate=Gate.TRAINING, end=days_ago(-2000), evidence="LMS-2"),
            rule=SecondFactor.OPTIONAL,
        )  # fmt: skip


def test_nobody_renews_their_own_gates(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        ada = settle(here, email="ada@council.example", roles=frozenset({Role.ADMINISTRATOR}))
        access = at_work(here, role=Role.ADMINISTRATOR, email=ada.email)

        with pytest.raises(Refused):
            give_gate(
                here.ledger, access, account=ada.reference,
                giving=Giving(gate=Gate.TRAINING, end=days_ago(-9), evidence="LMS-2"),
            rule=SecondFactor.OPTIONAL,
            )  # fmt: skip


def test_an_import_takes_the_good_lines_and_names_the_others(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        end = days_ago(-9)
        lines = [
            "email,gate,end,evidence",
            f"{here.account().email},vetting,{end},DBS-9",
            f"{here.account().email},driving,{end},X1",
            f"{here.account().email},vetting,soon,X1",
            "only,three,columns",
            f'"{here.account().email},vetting,{end},half a quotation',
            f'"{here.account().email}",training,{end},LMS-9',
        ]

        found = import_gates(
            here.ledger, operator(), text="\n".join(lines), rule=SecondFactor.OPTIONAL
        )

        assert [(each.number, bool(each.fault)) for each in found] == [
            (2, False), (3, True), (4, True), (5, True), (6, True), (7, False),
        ]  # fmt: skip
        held = show_gates(here.ledger, operator(), account=here.account().reference).held
        assert {"DBS-9", "LMS-9"} <= {each.evidence for each in held}


def test_a_role_without_accounts_imports_nothing(tmp_path: Path) -> None:
    with council(tmp_path) as here, pytest.raises(NotForThisRole):
        import_gates(here.ledger, at_work(here, role=WAITS), text="", rule=SecondFactor.OPTIONAL)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a,b\0,c,d", "holds a NUL"),
        ("a,b,c,d\n" * 1_001, "more than 1,000 lines"),
    ],
    ids=["nul", "many"],
)
def test_a_file_that_cannot_be_read_gives_nothing(tmp_path: Path, text: str, fault: str) -> None:
    with council(tmp_path) as here:
        with pytest.raises(GateFault, match=fault):
            import_gates(here.ledger, operator(), text=text, rule=SecondFactor.OPTIONAL)
        with pytest.raises(GateFault, match=fault):
            check_gates(here.ledger, operator(), text=text)


def test_a_check_gives_nothing_and_says_what_an_import_would(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        text = (
            f"\ufeffEmail,Gate,End,Evidence\n{here.account().email},vetting,{days_ago(-9)},DBS-9\n"
            f"{here.account().email},vetting,{days_ago(-9)},=HYPERLINK(1)\n\nx@y,vetting,1/1/2030,A1"
        )

        foreseen = check_gates(here.ledger, operator(), text=text)
        before = show_gates(here.ledger, operator(), account=here.account().reference).held
        taken = import_gates(here.ledger, operator(), text=text, rule=SecondFactor.OPTIONAL)

        assert foreseen == taken
        assert [(each.number, bool(each.fault)) for each in taken] == [
            (2, False), (3, True), (5, True),
        ]  # fmt: skip
        assert "DBS-9" not in {each.evidence for each in before}


def test_an_administrator_imports_nothing_for_themselves(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        ada = settle(here, email="ada@council.example", roles=frozenset({Role.ADMINISTRATOR}))
        access = at_work(here, role=Role.ADMINISTRATOR, email=ada.email)

        [line] = check_gates(here.ledger, access, text=f"{ada.email},vetting,{days_ago(-9)},DBS-9")

        assert line.fault.startswith("your own account")


def test_what_lapses_first_stands_at_the_top_of_the_administrator_s_list(tmp_path: Path) -> None:
    with council(tmp_path) as here:
        for gate, days in ((Gate.TRAINING, 13), (Gate.VETTING, 2), (Gate.CONTRACT, 30)):
            give_gate(
                here.ledger,
                operator(),
                account=here.account().reference,
                giving=Giving(gate=gate, end=days_ago(-days), evidence="X-1"),
                rule=SecondFactor.OPTIONAL,
            )

        found = list_lapsing(here.ledger, operator(), page=1)

        assert [each.gate for each in found.lapsing] == [Gate.VETTING, Gate.TRAINING]
        assert not found.has_more
        assert list_lapsing(here.ledger, operator(), page=2).lapsing == ()
        assert my_gates(here.ledger, at_work(here, role=WAITS))[0].gate is Gate.TRAINING


def test_nobody_without_an_account_holds_gates(tmp_path: Path) -> None:
    with council(tmp_path) as here, pytest.raises(Refused):
        my_gates(here.ledger, replace(at_work(here, role=WAITS), account=None, session=None))
