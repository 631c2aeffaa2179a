"""An instance's folder and keys: made once, for one user alone, and never made again."""

from pathlib import Path

import pytest

from directory.search.weights import Weights
from directory.search.weights_file import written
from directory.store.sealing import KEY_BYTES
from directory.wiring import (
    TRAINED_WEIGHTS,
    NoKeys,
    UnusableWeights,
    make_folder,
    make_keys,
    read_keys,
    read_weights,
)
from tests.search.test_weights_file import TRAINED

USER_ALONE = 0o600


def begun(folder: Path) -> Path:
    make_folder(folder)
    return folder


def test_the_folders_and_keys_are_for_this_user_alone(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    make_keys(folder)

    modes = {path.stat().st_mode & 0o777 for path in (folder / "keys").iterdir()}
    assert modes == {USER_ALONE}
    assert [each.stat().st_mode & 0o777 for each in (folder, folder / "keys")] == [0o700, 0o700]


def test_a_folder_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)

    make_folder(tmp_path / "data")

    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_the_keys_of_an_instance_are_read_not_made_again(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    made = make_keys(folder)

    assert make_keys(folder) == made
    assert read_keys(folder) == made
    assert len({made.chain, made.sealing, made.search, made.session}) == 4


def test_a_lost_key_is_named_and_no_other_takes_its_place(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    make_keys(folder)
    (folder / "keys" / "chain.key").unlink()

    with pytest.raises(NoKeys, match=r"chain\.key is missing"):
        make_keys(folder)

    assert not (folder / "keys" / "chain.key").exists()


def test_a_database_whose_keys_are_all_lost_gets_no_new_ones(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    (folder / "directory.db").touch()

    with pytest.raises(NoKeys, match="missing"):
        make_keys(folder)


def test_a_key_that_was_cut_short_is_named(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    make_keys(folder)
    (folder / "keys" / "blind.key").write_bytes(bytes(KEY_BYTES - 1))

    with pytest.raises(NoKeys, match=r"blind\.key is not a key"):
        read_keys(folder)


def test_an_instance_without_trained_weights_uses_those_that_ship(tmp_path: Path) -> None:
    assert read_weights(begun(tmp_path)) == Weights()


def test_trained_weights_of_the_data_folder_are_used(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    (folder / TRAINED_WEIGHTS).write_text(written(TRAINED), "utf-8")

    assert read_weights(folder) == TRAINED.weights


def test_trained_weights_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    (folder / TRAINED_WEIGHTS).write_bytes(b"\xff")

    with pytest.raises(UnusableWeights, match=TRAINED_WEIGHTS):
        read_weights(folder)
