"""Notices are told by e-mail as their reader chose, naming nobody, and are let go."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from directory.domain.access import Refused
from directory.domain.watches import WATCHED_FOR, Mailing
from directory.operations import families, notices, retention
from tests.operations.accounts_world import WORKER, World, operator
from tests.operations.watches_world import (
    HOUR,
    KIM,
    NAOMI,
    SOON,
    change,
    housed,
    letters_told,
    sweep,
    told,
    watched,
    watching,
)

BEGINS_WITH = housed
MORNING = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def test_an_e_mail_a_day_names_nobody_and_no_service(here: World) -> None:
    access, where = watching(here)
    change(here)
    sweep(here)

    [words] = letters_told(here)
    families.view_board(here.ledger, replace(access, at=SOON), viewing=where)
    change(here, practitioner=KIM)
    sweep(here, SOON + HOUR)

    assert words.startswith("Something has changed in the directory. Sign in to see.\n")
    assert not any(each in words for each in ("Ewan", "Blake", "Asha", "ousing", "http"))
    assert letters_told(here, SOON + HOUR) == []
    sweep(here, MORNING + HOUR)
    assert len(letters_told(here, MORNING + HOUR)) == 1


@pytest.mark.parametrize(
    ("mailing", "letters"), [(Mailing.AT_ONCE, 2), (Mailing.DAILY, 1), (Mailing.NONE, 0)]
)
def test_e_mails_go_as_their_reader_chose(here: World, mailing: Mailing, letters: int) -> None:
    access, where = watching(here)
    notices.choose_mailing(here.ledger, access, mailing=mailing)
    went = []
    for at, lead in ((SOON, NAOMI), (SOON + HOUR, KIM)):
        families.view_board(
            here.ledger, replace(access, at=at - timedelta(minutes=6)), viewing=where
        )
        change(here, practitioner=lead)
        sweep(here, at)
        went.extend(letters_told(here, at))

    assert len(went) == letters
    assert notices.list_notices(here.ledger, access).mailing is mailing


def test_only_a_user_chooses_when_e_mails_go(here: World) -> None:
    nobody = replace(operator(), role=WORKER)

    with pytest.raises(Refused):
        notices.choose_mailing(here.ledger, nobody, mailing=Mailing.NONE)


def test_what_is_over_and_what_was_told_long_ago_are_let_go(here: World) -> None:
    access, _ = watching(here)
    change(here)
    sweep(here)
    engineer = replace(operator(), at=SOON + WATCHED_FOR + timedelta(days=1))

    foreseen = retention.foresee(here.ledger, engineer)
    gone = retention.let_go(here.ledger, engineer)

    assert (gone, gone.notices, gone.watches) == (foreseen, 1, 1)
    assert retention.foresee(here.ledger, engineer).notices == 0
    assert (told(here, access), watched(here, access)) == ([], [])
