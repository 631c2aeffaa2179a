"""The kept index is whole, ours and of the present state; or it is not used, and made anew."""

import fcntl
import multiprocessing
import os
import pickle
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from typing_extensions import override

from directory.search.kept_texts import KeptTexts, release_of
from directory.search.text_file import Manifest, TextFile
from directory.search.texts import NO_TEXT_INDEX
from tests.search.invented_texts import ANSWERS, HILLSIDE, SCHOOL, many, shelf, sought

FORK = multiprocessing.get_context("fork")
KEY = bytes(range(32))
KILLS = 25


def index(folder: Path, *, key: bytes = KEY, release: bytes = bytes(32)) -> KeptTexts:
    return KeptTexts(folder=folder / "text_index", key=key, release=release)


def built(folder: Path, *, sequence: int = 1) -> KeptTexts:
    made = index(folder)
    assert made.rebuild(lambda: shelf(sequence=sequence))
    return made


def references(kept: KeptTexts, *, sequence: int = 1, words: str = "hillside homes") -> list[str]:
    found = kept.find(sought(words), sequence=sequence)
    return ["behind"] if found is None else [each.reference for each in found]


def kept_file(folder: Path) -> Path:
    return folder / "text_index" / "texts"


def exit_code(task: Callable[..., object], *parts: object) -> int | None:
    """Return how another process ended that did `task`."""
    process = FORK.Process(target=task, args=parts)
    process.start()
    process.join()
    return process.exitcode


def test_what_one_process_indexes_another_finds(tmp_path: Path) -> None:
    other = index(tmp_path)
    assert references(other) == ["behind"]

    assert exit_code(built, tmp_path) == 0

    assert references(other)[0] == HILLSIDE.reference


def test_a_reader_notices_a_new_state_at_once(tmp_path: Path) -> None:
    reader = built(tmp_path)
    assert references(reader, words="mary") != []

    assert index(tmp_path).rebuild(lambda: shelf(HILLSIDE, sequence=2))

    assert references(reader, sequence=2, words="mary") == []
    assert references(reader, sequence=1, words="mary") != []  # what it holds is still of that


def test_an_index_that_is_behind_tells_nothing(tmp_path: Path) -> None:
    assert references(built(tmp_path), sequence=2) == ["behind"]


def test_an_index_from_the_future_tells_nothing(tmp_path: Path) -> None:
    built(tmp_path, sequence=9)

    assert references(index(tmp_path), sequence=8) == ["behind"]


def test_an_index_of_another_release_tells_nothing(tmp_path: Path) -> None:
    built(tmp_path)

    later = index(tmp_path, release=release_of([ANSWERS]))

    assert references(later) == ["behind"]


def test_folder_and_file_are_for_this_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "text_index"
    folder.mkdir(mode=0o755)

    built(tmp_path)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes == {"texts": 0o600, "writing": 0o600}


def built_with_aside(folder: Path, aside: Path) -> None:
    """Build an index in a process whose open temporary folder is `aside`."""
    tempfile.tempdir = str(aside)
    built(folder)


def test_nothing_is_put_aside_in_the_open_temporary_folder(tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    aside.mkdir(mode=0o500)

    assert exit_code(built_with_aside, tmp_path, aside) == 0

    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("place", ["first", "number", "seal", "middle", "last"])
def test_a_changed_byte_anywhere_is_never_opened_and_the_index_is_made_anew(
    tmp_path: Path, place: str
) -> None:
    built(tmp_path)
    path = kept_file(tmp_path)
    content = bytearray(path.read_bytes())
    at = {"first": 0, "number": 20, "seal": 60, "middle": len(content) // 2, "last": -1}[place]
    content[at] ^= 1
    path.write_bytes(content)

    kept = index(tmp_path)

    assert references(kept) == ["behind"]
    assert kept.rebuild(shelf)
    assert references(kept)[0] == HILLSIDE.reference


@pytest.mark.parametrize("length", [0, 10, 60, 100, -1])
def test_a_file_cut_short_is_never_opened(tmp_path: Path, length: int) -> None:
    built(tmp_path)
    content = kept_file(tmp_path).read_bytes()

    kept_file(tmp_path).write_bytes(content[:length])

    assert references(index(tmp_path)) == ["behind"]


def test_a_file_with_more_behind_it_is_never_opened(tmp_path: Path) -> None:
    built(tmp_path)

    with kept_file(tmp_path).open("ab") as file:
        file.write(b"more")

    assert references(index(tmp_path)) == ["behind"]


def test_a_file_that_would_run_a_program_is_never_opened(tmp_path: Path) -> None:
    ran = tmp_path / "ran"

    class Attack:
        @override
        def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
            return Path.touch, (ran,)

    built(tmp_path)
    theirs = TextFile(folder=tmp_path / "text_index", key=b"a key of theirs")
    theirs.write(Manifest(sequence=1, release=bytes(32)), {"_MAIN_1.toc": pickle.dumps(Attack())})

    assert references(index(tmp_path)) == ["behind"]
    assert not ran.exists()


def test_an_index_of_another_instance_is_never_opened(tmp_path: Path) -> None:
    built(tmp_path)

    assert references(index(tmp_path, key=bytes(32))) == ["behind"]


def test_a_folder_in_the_files_place_is_no_index(tmp_path: Path) -> None:
    kept_file(tmp_path).mkdir(parents=True)

    assert references(index(tmp_path)) == ["behind"]


def test_an_index_already_of_the_present_state_is_left_as_it_is(tmp_path: Path) -> None:
    kept = built(tmp_path)
    before = kept_file(tmp_path).stat().st_ino

    assert kept.rebuild(shelf)

    assert kept_file(tmp_path).stat().st_ino == before


def test_while_one_process_writes_another_does_not_wait(tmp_path: Path) -> None:
    kept = built(tmp_path)
    with (tmp_path / "text_index" / "writing").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        assert not kept.rebuild(lambda: shelf(sequence=2))
        assert references(kept) != ["behind"]

    assert kept.rebuild(lambda: shelf(sequence=2))


def test_texts_are_read_only_once_nobody_else_can_write(tmp_path: Path) -> None:
    kept = built(tmp_path)
    with (tmp_path / "text_index" / "writing").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        assert not kept.rebuild(lambda: pytest.fail("read without the hold"))


def test_what_cannot_be_written_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    kept = built(tmp_path)
    (tmp_path / "text_index" / "texts.new").mkdir()

    with pytest.raises(OSError, match=r"texts\.new"):
        kept.rebuild(lambda: shelf(sequence=2))

    assert references(index(tmp_path)) != ["behind"]


def rebuild_killed_after(folder: Path, steps: int, sequence: int) -> None:
    """Rebuild, and die like a machine without power at the step on the disk after so many."""
    kept, left = index(folder), iter(range(steps))
    kept.find(sought("what is imported first is no step"), sequence=sequence - 1)

    def step(event: str, _: object) -> None:
        if event.startswith(("open", "os.", "fcntl")) and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    kept.rebuild(lambda: shelf(sequence=sequence))


def write_without_end(folder: Path) -> None:
    """Rebuild for one state after another."""
    kept, texts = index(folder), many(300)
    for sequence in count(1):
        kept.rebuild(partial(shelf, *texts, sequence=sequence))


def write_states(folder: Path, states: range) -> None:
    """Rebuild for each of `states`."""
    for sequence in states:
        index(folder).rebuild(partial(shelf, sequence=sequence))


def test_a_writer_killed_at_any_step_leaves_the_old_index_or_the_new(tmp_path: Path) -> None:
    built(tmp_path)
    sequence, steps, ended = 1, 0, -1
    while ended != 0:
        ended = exit_code(rebuild_killed_after, tmp_path, steps, sequence + 1) or 0

        sound = [
            each
            for each in (sequence, sequence + 1)
            if references(index(tmp_path), sequence=each) != ["behind"]
        ]
        assert len(sound) == 1
        sequence, steps = sound[0], steps + 1

    assert steps > 5


def test_a_writer_killed_at_any_moment_leaves_a_sound_index_and_a_free_place(
    tmp_path: Path,
) -> None:
    built(tmp_path)
    for number in range(KILLS):
        writer = FORK.Process(target=write_without_end, args=(tmp_path,))
        writer.start()
        time.sleep(0.05 + 0.004 * number)
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()

        file = index(tmp_path)._file
        assert file.read() is not None
        assert index(tmp_path).rebuild(partial(shelf, sequence=0))


def test_readers_and_writers_at_once_see_only_sound_states(tmp_path: Path) -> None:
    built(tmp_path)
    states = range(2, 12)
    writers = [FORK.Process(target=write_states, args=(tmp_path, states)) for _ in range(2)]
    for each in writers:
        each.start()

    seen = set()
    while any(each.is_alive() for each in writers):
        reader = index(tmp_path)
        seen |= {references(reader, sequence=sequence)[0] for sequence in states}

    assert seen <= {"behind", HILLSIDE.reference}
    assert [each.exitcode for each in writers] == [0, 0]


def test_where_no_index_is_kept_nothing_is_read_for_one() -> None:
    assert not NO_TEXT_INDEX.rebuild(lambda: pytest.fail("read for nothing"))
    assert NO_TEXT_INDEX.find(sought(SCHOOL.name), sequence=1) is None


def test_the_program_starts_without_importing_whoosh() -> None:
    code = "import sys, directory.serving, directory.cli; print('whoosh' in sys.modules)"

    started = subprocess.run(  # noqa: S603 - fixed arguments
        (sys.executable, "-c", code), check=True, capture_output=True, text=True
    )

    assert started.stdout == "False\n"
