"""A start in earnest: what is insecure is refused, with the words that mend it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from directory.serving import InsecureStart, Instance, application, opened, production
from directory.serving import refuse_insecure as refuse
from directory.settings import Settings
from directory.store.schema import upgrade
from directory.wiring import (
    DEMONSTRATION,
    TRAINED_WEIGHTS,
    UnusableWeights,
    database_url,
    make_folder,
    make_keys,
)
from tests import engines

HOST = "directory.northshire.example"


def settings(data: Path, **differing: Any) -> Settings:
    """Return the settings of an instance that may start."""
    default = {
        "data": data,
        "behind_https": True,
        "public_host": HOST,
        "always_answered": "01632 960199",
    }
    return Settings(**{**default, **differing})


@contextmanager
def set_up(data: Path) -> Iterator[Instance]:
    """Yield an instance that may start."""
    make_folder(data)
    make_keys(data)
    with engines.opened(database_url(settings(data))) as database:
        upgrade(database)
    found = opened(settings(data))
    yield found
    found.database.close()


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    with set_up(tmp_path) as ready:
        yield ready


def with_settings(instance: Instance, **differing: Any) -> Instance:
    chosen = settings(instance.settings.data, **differing)
    return Instance(settings=chosen, database=instance.database, keys=instance.keys)


def test_an_instance_that_is_set_up_may_start(instance: Instance) -> None:
    refuse(instance)

    assert application(instance).config["TRUSTED_HOSTS"][0] == HOST


@pytest.mark.parametrize(
    ("differing", "words"),
    [
        ({"training": True}, "DIRECTORY_TRAINING is for the demonstration only"),
        ({"behind_https": False}, "set DIRECTORY_BEHIND_HTTPS once a proxy here serves HTTPS"),
        ({"public_host": ""}, "set DIRECTORY_PUBLIC_HOST to the name users type"),
        ({"host": "192.0.2.1"}, "listen on loopback, behind the proxy that serves HTTPS"),
        ({"always_answered": ""}, "set DIRECTORY_ALWAYS_ANSWERED to a number answered now"),
    ],
)
def test_a_setting_that_is_insecure_is_refused(
    instance: Instance, differing: dict[str, Any], words: str
) -> None:
    with pytest.raises(InsecureStart) as fault:
        refuse(with_settings(instance, **differing))

    assert str(fault.value) == words


def test_every_fault_is_told_at_once(instance: Instance) -> None:
    with pytest.raises(InsecureStart, match=r"TRAINING.*PUBLIC_HOST"):
        refuse(with_settings(instance, training=True, public_host=""))


def test_the_debugger_is_refused(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(InsecureStart, match="FLASK_DEBUG must not be set"):
        refuse(instance)


def test_the_demonstrations_folder_is_refused(instance: Instance) -> None:
    (instance.settings.data / DEMONSTRATION).touch()

    with pytest.raises(InsecureStart, match="everybody knows its passwords"):
        refuse(instance)


@pytest.mark.parametrize("opened_to", ["keys", "keys/chain.key"])
def test_keys_that_others_may_read_are_refused(instance: Instance, opened_to: str) -> None:
    (instance.settings.data / opened_to).chmod(0o750)

    with pytest.raises(InsecureStart, match="the keys folder must be readable by this user alone"):
        refuse(instance)


def test_a_database_that_others_may_read_is_refused(instance: Instance) -> None:
    (instance.settings.data / "directory.db").chmod(0o604)

    with pytest.raises(InsecureStart, match="the database file must not be readable by others"):
        refuse(instance)


@pytest.mark.postgres
def test_a_superuser_of_the_database_is_refused(instance: Instance, tmp_path: Path) -> None:
    with engines.ready(engines.POSTGRESQL, tmp_path) as place:
        superuser = place.url.replace(engines.APPLICATION, "postgres")
        with engines.opened(superuser) as database:
            found = Instance(settings=instance.settings, database=database, keys=instance.keys)

            with pytest.raises(InsecureStart, match="the database role must not be a superuser"):
                refuse(found)


def test_an_instance_without_keys_is_told_to_begin(tmp_path: Path) -> None:
    with pytest.raises(InsecureStart, match="missing from the keys folder: run `directory init`"):
        opened(settings(tmp_path))


def test_a_database_of_another_release_is_told_to_be_upgraded(tmp_path: Path) -> None:
    make_folder(tmp_path)
    make_keys(tmp_path)

    with pytest.raises(InsecureStart, match="run `directory upgrade` first"):
        opened(settings(tmp_path))


def test_a_server_of_ones_own_gets_the_application(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = instance.settings.model_dump()
    for name in ("data", "behind_https", "public_host", "always_answered"):
        monkeypatch.setenv(f"DIRECTORY_{name.upper()}", str(chosen[name]))

    app = production()

    answer = app.test_client().get("/sign-in", base_url=f"https://{HOST}")
    app.config["LEDGER"].close()
    assert answer.status_code == 200


def test_malformed_search_weights_refuse_the_start(instance: Instance) -> None:
    (instance.settings.data / TRAINED_WEIGHTS).write_text("{", "utf-8")

    with pytest.raises(UnusableWeights, match=f"^{TRAINED_WEIGHTS} of the data folder"):
        application(instance)
