"""Train on half of the questions from the command line, and save only what does no worse."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.cli import main
from directory.evaluation.training import FEWEST_QUESTIONS, worse
from directory.search.weights_file import read
from tests.evaluation.files import people_file, queries_file
from tests.search.invented import FORENAMES, SURNAMES
from tests.search.test_weights_file import FIGURES


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["search", *map(str, words)])


def town(folder: Path) -> Path:
    return people_file(
        folder,
        "id,forename,surname,dob,postcode",
        *(
            f"{each},{FORENAMES[each % 10]},{SURNAMES[each // 10]},{_birth(each)},BD{each % 20} 1AA"
            for each in range(90)
        ),
    )


def asked(folder: Path, *, count: int) -> Path:
    """Return questions about everybody of the town in turn, and one in five about nobody."""
    return queries_file(
        folder,
        *(
            {
                "query": {
                    "forename": FORENAMES[each % 10],
                    "surname": SURNAMES[each % 90 // 10],
                    "dob": _birth(each % 90 if each % 5 else each + 7),
                },
                "truth": each % 90 if each % 5 else None,
            }
            for each in range(count)
        ),
    )


def _birth(each: int) -> str:
    return f"{1950 + each % 70}-{1 + each % 12:02d}-{1 + each % 28:02d}"


def test_training_saves_weights_with_where_they_come_from(tmp_path: Path) -> None:
    save = tmp_path / "weights.json"

    result = run(
        "train", town(tmp_path), asked(tmp_path, count=FEWEST_QUESTIONS), "--save", save, "--seed=5"
    )

    assert result.exit_code == 0
    assert "Saved in" in result.stderr
    provenance = read(save.read_text("utf-8")).provenance
    assert (provenance.people, provenance.fitted, provenance.held_out) == (90, 100, 100)
    assert provenance.seed == 5
    assert provenance.after.surprise_bits <= provenance.before.surprise_bits


def test_saved_weights_can_be_evaluated(tmp_path: Path) -> None:
    save, queries = tmp_path / "weights.json", asked(tmp_path, count=FEWEST_QUESTIONS)
    run("train", town(tmp_path), queries, "--save", save)

    result = run("evaluate", town(tmp_path), queries, "--weights", save, "--json")

    assert json.loads(result.stdout)["made"]["weights"].startswith("trained 20")


def test_too_few_questions_train_nothing(tmp_path: Path) -> None:
    save = tmp_path / "weights.json"

    result = run("train", town(tmp_path), asked(tmp_path, count=10), "--save", save)

    assert result.exit_code == 1
    assert "Error: training needs 200 questions, here are 10" in result.stderr
    assert not save.exists()


def test_weights_that_cannot_be_read_are_told_in_one_line(tmp_path: Path) -> None:
    wrong = tmp_path / "weights.json"
    wrong.write_text("{", "utf-8")

    result = run("evaluate", town(tmp_path), asked(tmp_path, count=1), "--weights", wrong)

    assert result.exit_code == 1
    assert "Error: weights.json: it is not JSON" in result.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"surprise_bits": 0.21}, "surprise at who was meant"),
        ({"recall_at_5": 0.94}, "recall at 5"),
        ({"strong_wrong": 0.01}, "strong but wrong"),
        ({"absent_strong": 0.01}, "absent people called strong"),
    ],
)
def test_each_figure_that_got_worse_is_named(change: dict[str, float], words: str) -> None:
    assert worse(FIGURES, replace(FIGURES, **change)) == (words,)


def test_what_differs_by_chance_is_no_worse() -> None:
    after = replace(FIGURES, recall_at_5=0.9495, strong_wrong=0.0005, recall_at_1=0.5)

    assert worse(FIGURES, after) == ()
