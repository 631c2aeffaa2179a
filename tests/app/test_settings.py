"""Settings come from the environment's variables, and a slip of the pen is told."""

from pathlib import Path

import pytest

from directory.settings import MalformedSetting, Settings, UnknownSetting, read


def test_settings_are_read_from_the_environment_that_is_given() -> None:
    settings = read({"DIRECTORY_DATA": "/srv/directory", "DIRECTORY_PORT": "8080", "HOME": "/root"})

    assert settings == Settings(data=Path("/srv/directory"), port=8080)


def test_the_environment_of_the_process_is_not_read_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DIRECTORY_PORT", "8080")

    assert read({}).port == 8000
    assert Settings().port == 8000


@pytest.mark.parametrize("name", ["DIRECTORY_DATTA", "directory_datta"])
def test_a_misspelt_setting_is_named(name: str) -> None:
    with pytest.raises(UnknownSetting, match="there is no setting DIRECTORY_DATTA"):
        read({name: "/srv/directory"})


def test_a_setting_that_cannot_be_is_named_without_its_value() -> None:
    with pytest.raises(MalformedSetting) as fault:
        read({"DIRECTORY_PORT": "p4ssw0rd"})

    assert str(fault.value).startswith("DIRECTORY_PORT: ")
    assert "p4ssw0rd" not in str(fault.value)
