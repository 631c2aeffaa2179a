"""Write the two files that `directory search evaluate` reads, from an invented population.

Run from the top folder: python -m tests.bench.search_files --people 20000 --into build/search
"""

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from directory.evaluation.people_file import COLUMNS
from directory.search.people import Query
from tests.bench.search_bench import SEEDS
from tests.bench.search_elsewhere import groups_from
from tests.bench.search_errors import Asked, absent, asked, fits
from tests.bench.search_febrl import FILES, Febrl, febrl
from tests.bench.search_hostile import hostile
from tests.bench.search_names import GROUPS, NameGroup
from tests.bench.search_population import Invented, Town

_ABSENT_IN_SO_MANY = 3
Line = Mapping[str, str]
Question = Mapping[str, object]


def drawing(seed: int) -> random.Random:
    """Return what draws the same from the same `seed`."""
    return random.Random(seed)


def write_people(people: Iterable[Line], folder: Path) -> None:
    """Write PEOPLE.csv into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "PEOPLE.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, COLUMNS, restval="")
        lines.writeheader()
        lines.writerows(people)


def write_queries(questions: Iterable[Question], folder: Path, name: str = "QUERIES") -> None:
    """Write QUERIES.jsonl, or a file of another name, into `folder`."""
    with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
        for each in questions:
            file.write(json.dumps(each, ensure_ascii=False) + "\n")


def questions(
    people: Sequence[Invented],
    count: int,
    draw: random.Random,
    *,
    groups: tuple[NameGroup, ...] = GROUPS,
) -> list[Question]:
    """Return so many questions about `people`, and a third as many about nobody of them.

    Each says how many fit it equally before anything was mistyped; somebody absent whom one of
    `people` is like in all that is asked is of the kind "namesake".
    """
    every = asked(people, count, draw)
    every += absent(people, count // _ABSENT_IN_SO_MANY, draw, groups=groups)
    wanted = {fits(each.meant, each.shape) for each in every if each.meant}
    shapes = {each.shape for each in every}
    alike = Counter(
        known for person in people for shape in shapes if (known := fits(person, shape)) in wanted
    )
    return [_question(each, alike[fits(each.meant, each.shape)]) for each in every if each.meant]


def line_of(person: Invented) -> Line:
    """Return the line of PEOPLE.csv that says who `person` is."""
    return {
        "id": person.person.hex(),
        "forename": person.forename,
        "middle": person.middle,
        "surname": person.surname,
        "known_as": person.known_as,
        "former_surname": person.former_surname,
        "dob": person.birth.isoformat(),
        "house": person.home.house,
        "street": person.home.street,
        "postcode": person.home.postcode,
        "old_postcode": person.former_home.postcode if person.former_home else "",
        "nhs": person.nhs,
        "phone": person.phone,
    }


def _question(each: Asked, alike: int) -> Question:
    query = each.query
    said: dict[str, object] = {
        "forename": query.forenames,
        "surname": query.surname,
        "dob": _birth(query),
        "age": f"about {query.age}" if query.age_is_about else query.age,
        "postcode": query.postcode,
        "house": query.house,
        "street": query.street,
        "nhs": query.identifiers[0][1] if query.identifiers else "",
        "phone": query.phone,
    }
    is_namesake = each.truth is None and alike > 0
    return {
        "query": {name: value for name, value in said.items() if value not in {"", None}},
        "truth": each.truth.hex() if each.truth else None,
        "ambiguity": max(alike, 1),
        "kind": "namesake" if is_namesake else each.kind,
        "shape": each.shape,
    }


def _birth(query: Query) -> str:
    if query.birth:
        return query.birth.isoformat()
    if query.birth_year and query.birth_month:
        return f"{query.birth_year}-{query.birth_month:02d}"
    return str(query.birth_year or "")


def _write_town(options: argparse.Namespace) -> None:
    """Write an invented town, its names from our own stock or from elsewhere."""
    groups = groups_from(options.libraries) if options.population == "elsewhere" else GROUPS
    seed = SEEDS[options.seed]
    people = list(Town(draw=drawing(seed), size=options.people, groups=groups).people())
    write_people(map(line_of, people), options.into)
    draw = drawing(seed + 1)
    write_queries(questions(people, options.queries, draw, groups=groups), options.into)
    write_queries(hostile(people, drawing(seed + 2)), options.into, "HOSTILE")


def _write_febrl(options: argparse.Namespace) -> None:
    """Write the people and the questions of FEBRL, the people hidden among invented others."""
    found: list[Febrl] = [febrl(options.libraries, each) for each in FILES]
    others = Town(draw=drawing(SEEDS[options.seed]), size=options.people).people()
    hidden = (line for each in found for line in each.people)
    write_people((*hidden, *map(line_of, others)), options.into)
    write_queries((each for one in found for each in one.questions), options.into)


def main() -> None:
    """Write the files that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--population", choices=("town", "elsewhere", "febrl"), default="town")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=3_100)
    parser.add_argument("--seed", choices=SEEDS, default="tuning")
    parser.add_argument("--libraries", type=Path, default=Path("build/bench/libraries"))
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    write = _write_febrl if options.population == "febrl" else _write_town
    write(options)


if __name__ == "__main__":
    main()
