"""The command line: set an instance up, take extracts, verify the audit; faults in one line."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from directory.cli import main
from directory.domain.dates import local_day
from directory.settings import Settings
from directory.web.access import system_clock
from directory.wiring import TRAINED_WEIGHTS, database_url
from tests import engines
from tests.operations.extracts_world import file_of, line, many

Run = Callable[..., Result]

COUNCIL = """
[council]
name = "Northshire Council"
area = "Northshire"
as_of = 2026-11-20

[[organisations]]
reference = "NSC"
name = "Northshire Council"

[[services]]
key = "housing"
title = "Housing"
common_line = "01632 960001"
area = "Northshire"
covered_since = 2024-01-01
update_cycle_days = 7
date_meaning = "The last day an officer spoke with the household."
extract = "housing.csv"
"""
pytestmark = pytest.mark.usefixtures("data")
ADMINISTRATOR = ("--administrator", "ada.king@council.example", "--name", "Ada King")
HOUSING = ("--service", "housing")


def run(*words: str | Path) -> Result:
    """Run a command on the instance in the folder that the environment names."""
    return CliRunner().invoke(main, [str(each) for each in words])


def council_file(folder: Path) -> Path:
    """Return the council's file."""
    (folder / "council.toml").write_text(COUNCIL)
    return folder / "council.toml"


def extract_file(folder: Path) -> Path:
    """Return an extract of twenty good lines and one without a name."""
    good = many(20)
    (folder / "housing.csv").write_bytes(file_of(*good, line("TEN/2", forenames="", surname="")))
    return folder / "housing.csv"


@pytest.fixture
def council(tmp_path: Path) -> Path:
    return council_file(tmp_path)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return extract_file(tmp_path)


def begin(council: Path) -> Run:
    """Set the instance up, and return what runs a command on it."""
    assert run("init", "--council", council, *ADMINISTRATOR).exit_code == 0
    return run


@pytest.fixture
def begun(council: Path) -> Run:
    return begin(council)


def in_one_line(result: Result) -> str:
    """Return the fault that ended a command, which takes one line and no traceback."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("Error: ").strip()


def test_init_makes_an_instance_and_prints_a_link(council: Path, data: Path) -> None:
    result = run("init", "--council", council, *ADMINISTRATOR)

    assert result.exit_code == 0
    assert re.search(r"^http://127\.0\.0\.1:8000/link/[0-9a-f]{64}$", result.output, re.MULTILINE)
    assert {each.name for each in data.iterdir()} >= {"directory.db", "keys"}


AGREEMENT = """
[[agreements]]
reference = "ISA-1"
title = "Housing contacts"
version = 1
powers = ["Children Act 1989, section 47"]
purposes = ["child_protection"]
services = ["housing"]
start = 2026-01-01
review = 2027-01-01
end = 2028-01-01
"""


@pytest.mark.parametrize("command", [("init", "--council"), ("council",)], ids=["init", "council"])
def test_an_agreement_that_is_kept_as_a_draft_is_said_so(
    command: tuple[str, ...], council: Path
) -> None:
    if command == ("council",):
        begin(council)
    council.write_text(COUNCIL + AGREEMENT)
    more = ADMINISTRATOR if command != ("council",) else ()

    result = run(*command, council, *more)

    said = " ".join(result.stdout.split())
    assert "ISA-1 v1 is kept as a draft: it lacks parties, lawful basis" in said


def test_the_link_names_the_public_host(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTORY_PUBLIC_HOST", "directory.northshire.example")
    monkeypatch.setenv("DIRECTORY_BEHIND_HTTPS", "true")

    result = run("init", "--council", council, *ADMINISTRATOR)

    assert "https://directory.northshire.example/link/" in result.output


def test_a_second_init_makes_no_second_administrator(begun: Run, council: Path) -> None:
    assert "e-mail" in in_one_line(begun("init", "--council", council, *ADMINISTRATOR))


def test_a_council_that_cannot_be_is_told_in_one_line(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[council]\n")

    assert in_one_line(run("init", "--council", wrong, *ADMINISTRATOR))


def test_a_lost_key_is_told_in_one_line(begun: Run, council: Path, data: Path) -> None:
    (data / "keys" / "chain.key").unlink()

    fault = in_one_line(begun("init", "--council", council, *ADMINISTRATOR))

    assert fault == "chain.key is missing from the keys folder"


def test_nothing_is_done_without_an_instance() -> None:
    assert "run `directory init` first" in in_one_line(run("audit", "verify"))


def test_a_misspelt_setting_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTORY_DATTA", "elsewhere")

    assert in_one_line(run("audit", "verify")) == "there is no setting DIRECTORY_DATTA"


def test_a_setting_that_cannot_be_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTORY_PORT", "eighty")

    assert in_one_line(run("audit", "verify")).startswith("DIRECTORY_PORT: ")


def test_an_upgrade_of_a_current_database_changes_nothing(begun: Run) -> None:
    assert begun("upgrade").output == "The database is of this release.\n"


def test_a_database_of_a_later_release_is_told_in_one_line(begun: Run, data: Path) -> None:
    with engines.opened(database_url(Settings(data=data))) as opened, opened.writing() as kept:
        kept.execute(text("update alembic_version set version_num = '9999'"))

    assert "9999" in in_one_line(begun("upgrade"))


def test_the_council_can_be_loaded_again(begun: Run, council: Path) -> None:
    assert begun("council", council).output == "The council's set-up is loaded.\n"


def test_a_link_is_made_for_an_account(begun: Run) -> None:
    assert "/link/" in begun("account", "link", "ada.king@council.example").output


def test_a_link_for_nobody_is_told_in_one_line(begun: Run) -> None:
    fault = in_one_line(begun("account", "link", "nobody@council.example"))

    assert fault == "nobody has this e-mail"


def test_checking_an_extract_reports_and_keeps_nothing(
    begun: Run, extract: Path, data: Path
) -> None:
    result = begun("extract", "check", extract, *HOUSING)

    assert result.exit_code == 0
    assert re.search(r"Lines read +21", result.stdout)
    assert re.search(r"Refused +1\b", result.stdout)
    assert re.search(r"^Line 22, \w+: ", result.stdout, re.MULTILINE)
    with engines.opened(database_url(Settings(data=data))) as opened, opened.reading() as kept:
        assert kept.scalar(text("select count(*) from line")) == 0


def test_taking_an_extract_reports_what_is_seen_now(begun: Run, extract: Path) -> None:
    result = begun("extract", "take", extract, *HOUSING)

    assert result.exit_code == 0
    assert re.search(r"New people +20\b", result.stdout)


def test_an_unknown_column_is_named(begun: Run, tmp_path: Path) -> None:
    extract = tmp_path / "housing.csv"
    extract.write_bytes(file_of({**line(), "floor": "[bold]shouts"}))

    result = begun("extract", "check", extract, *HOUSING)

    assert "Column floor is not known and was dropped unread.\n" in result.stdout
    assert "shouts" not in result.stdout


def test_a_long_list_of_refusals_is_cut_and_counted(begun: Run, tmp_path: Path) -> None:
    extract = tmp_path / "housing.csv"
    extract.write_bytes(
        file_of(*(line(f"TEN/{each}", forenames="", surname="") for each in range(80)))
    )

    result = begun("extract", "check", extract, *HOUSING)

    assert len(re.findall(r"^Line \d", result.stdout, re.MULTILINE)) == 50
    assert re.search(r"^… and \d+ more\.$", result.stdout, re.MULTILINE)


def test_a_file_that_is_not_taken_ends_the_command_as_a_failure(begun: Run, tmp_path: Path) -> None:
    empty = tmp_path / "housing.csv"
    empty.write_bytes(b"")

    result = begun("extract", "take", empty, *HOUSING)

    assert result.exit_code == 1
    assert "Nothing was taken: " in result.stdout


def test_an_extract_of_a_day_to_come_is_told_in_one_line(begun: Run, extract: Path) -> None:
    tomorrow = f"{local_day(system_clock()) + timedelta(days=1):%d/%m/%Y}"

    result = begun("extract", "check", extract, *HOUSING, "--as-of", tomorrow)

    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    assert "Error: " in result.stderr


def test_a_day_that_is_none_is_asked_for_again(begun: Run, extract: Path) -> None:
    result = begun("extract", "check", extract, *HOUSING, "--as-of", "31/02/2026")

    assert result.exit_code == click.UsageError.exit_code
    assert "--as-of" in result.stderr


def test_a_practitioner_who_left_is_shown_no_more(begun: Run, extract: Path, data: Path) -> None:
    begun("extract", "take", extract, *HOUSING)

    result = begun("practitioner", "leave", "P1", *HOUSING)

    assert result.output == "From now on the team's lines are shown instead.\n"
    assert begun("practitioner", "leave", "P1", *HOUSING).exit_code == 0
    with engines.opened(database_url(Settings(data=data))) as opened, opened.reading() as kept:
        assert kept.scalar(text("select count(*) from practitioner_leaver")) == 1


def test_a_practitioner_whom_nobody_sent_is_told_in_one_line(begun: Run) -> None:
    fault = in_one_line(begun("practitioner", "leave", "P1", *HOUSING))

    assert fault == "the extract of housing names no practitioner P1"


def test_pairs_of_names_are_sought_at_the_command_line(
    begun: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIRECTORY_PAIR_HOMES", "7")

    result = begun("aliases", "seek")

    assert (result.exit_code, result.stdout) == (0, "0 pairs of spellings are met.\n")


def test_gates_are_checked_and_then_taken_from_a_file(begun: Run, tmp_path: Path) -> None:
    file = tmp_path / "gates.csv"
    file.write_text(
        "\ufeffemail,gate,end,evidence\nnobody@x.example,vetting,2030-01-01,DBS-1\nhalf,a\n",
        encoding="utf-8",
    )

    checked, taken = begun("gates", file), begun("gates", file, "--take")

    assert (checked.exit_code, taken.exit_code) == (0, 0)
    assert checked.stdout == taken.stdout
    assert "line 2: " in checked.stdout
    assert "line 3: not four columns" in checked.stdout


def test_a_file_of_gates_that_cannot_be_read_is_told_in_one_line(
    begun: Run, tmp_path: Path
) -> None:
    file = tmp_path / "gates.csv"
    file.write_bytes(b"email,gate\x00,end,evidence")

    result = begun("gates", file)

    assert result.exit_code == 1
    assert "holds a NUL" in in_one_line(result)


def test_what_is_kept_no_longer_is_told_before_it_goes(begun: Run) -> None:
    foreseen, gone = begun("retention"), begun("retention", "--let-go")

    assert (foreseen.exit_code, gone.exit_code) == (0, 0)
    assert foreseen.stdout.startswith("0 searches from before ")
    assert (foreseen.stdout.endswith("would go.\n"), gone.stdout.endswith("went.\n")) == (
        True,
        True,
    )


def test_a_sweep_by_hand_says_how_many_letters_went(begun: Run) -> None:
    result = begun("sweep")

    assert (result.exit_code, result.stdout) == (0, "0 e-mails went.\n")


def test_a_whole_audit_is_verified(begun: Run) -> None:
    result = begun("audit", "verify")

    assert result.exit_code == 0
    assert re.fullmatch(r"\d+ entries, unbroken\.\n", result.stdout)


def test_a_broken_audit_fails_the_command_and_says_where(begun: Run, data: Path) -> None:
    with engines.opened(database_url(Settings(data=data))) as opened, opened.writing() as kept:
        kept.execute(text("update audit_head set count = count + 1"))

    result = begun("audit", "verify")

    assert result.exit_code == 1
    assert re.match(r"BROKEN at entry \d+: the chain does not end", result.stdout)


def test_an_audit_that_cannot_be_written_is_told_in_one_line(begun: Run, data: Path) -> None:
    with engines.opened(database_url(Settings(data=data))) as opened, opened.writing() as kept:
        kept.execute(text("drop table audit_head"))

    assert "the audit cannot be written" in in_one_line(begun("audit", "verify"))


def test_an_insecure_start_is_refused_in_one_line(begun: Run) -> None:
    assert "set DIRECTORY_BEHIND_HTTPS" in in_one_line(begun("serve"))


def test_malformed_search_weights_are_told_in_one_line(begun: Run, data: Path) -> None:
    (data / TRAINED_WEIGHTS).write_text("{", "utf-8")

    assert "search_weights.json of the data folder" in in_one_line(begun("audit", "verify"))
