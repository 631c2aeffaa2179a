"""The demonstration: its own folder, loopback, loaded once."""

import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import text

from directory import demo
from directory.demo import NotLoaded, demonstration_settings, make_accounts, take_file
from directory.domain.vocabulary import Role, Service
from directory.paths import SEED_DATA
from directory.wiring import DEMONSTRATION, database_url, make_folder
from tests import engines
from tests.town import AS_OF, CHEAP, KEYS, opened


def entries(data: Path) -> int:
    """Return how many entries the audit of the demonstration in `data` has."""
    settings = demonstration_settings({"DIRECTORY_DATA": str(data)})
    with engines.opened(database_url(settings)) as database, database.reading() as connection:
        return int(connection.scalar(text("select count(*) from audit_entry")) or 0)


def load(data: Path, folder: Path) -> None:
    """Put a demonstration that was started before into `data`."""
    make_folder(data)
    for name, key in asdict(KEYS).items():
        (data / "keys" / f"{name}.key").write_bytes(key)
    with opened(folder):
        pass
    shutil.copyfile(folder / "directory.db", data / "directory.db")
    (data / "directory.db").chmod(0o600)
    (data / DEMONSTRATION).touch()


def test_a_second_start_loads_nothing(data: Path, tmp_path: Path) -> None:
    load(data, tmp_path)
    before = entries(data)

    app = demo.served()

    app.config["LEDGER"].close()
    assert entries(data) == before
    assert app.config["SETTINGS"].training


def test_a_first_start_that_was_interrupted_can_be_gone_on_with(tmp_path: Path) -> None:
    with opened(tmp_path) as town:
        make_accounts(town.ledger, town.operator(), CHEAP, SEED_DATA)

        again = demo.set_up_town(town.ledger, town.operator(), SEED_DATA)

    assert Service.HOUSING in again


def test_a_town_that_cannot_be_loaded_whole_is_not_shown(tmp_path: Path) -> None:
    wrong = tmp_path / "housing.csv"
    wrong.write_bytes(b"")
    with opened(tmp_path) as town, pytest.raises(NotLoaded, match=r"^housing\.csv: "):
        take_file(town.ledger, town.operator(), service=Service.HOUSING, file=wrong, as_of=AS_OF)


def test_the_demonstration_listens_on_loopback_whatever_is_set() -> None:
    settings = demonstration_settings(
        {
            "DIRECTORY_HOST": "192.0.2.1",
            "DIRECTORY_PUBLIC_HOST": "directory.northshire.example",
            "DIRECTORY_DATABASE_URL": "postgresql:///directory",
        }
    )

    assert (settings.host, settings.public_host, settings.database_url) == ("127.0.0.1", "", "")
    assert settings.training
    assert settings.data == Path("demo-data")


def test_the_demonstrations_folder_can_be_chosen() -> None:
    assert demonstration_settings({"DIRECTORY_DATA": "town"}).data == Path("town")


def test_somebody_acts_in_each_role_that_is_shown() -> None:
    assert "@" in demo.account_in(Role.FRONT_DOOR, SEED_DATA)
