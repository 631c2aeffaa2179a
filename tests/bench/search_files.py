"""Write the two files that `directory search evaluate` reads, from the invented population.

Run from the top folder: python -m tests.bench.search_files --people 20000 --into build/search
"""

import argparse
import csv
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from directory.evaluation.people_file import COLUMNS
from directory.search.people import Query
from tests.bench.search_bench import EVALUATION, TRAINING, population
from tests.bench.search_errors import Asked, absent, asked
from tests.bench.search_population import Invented

SEEDS = {"training": TRAINING, "evaluation": EVALUATION}
_ABSENT_IN_SO_MANY = 3


def written(people: Sequence[Invented], questions: Iterable[Asked], folder: Path) -> None:
    """Write PEOPLE.csv and QUERIES.jsonl into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "PEOPLE.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, COLUMNS)
        lines.writeheader()
        lines.writerows(map(_line, people))
    with (folder / "QUERIES.jsonl").open("w", encoding="utf-8") as file:
        for each in questions:
            file.write(json.dumps(_question(each), ensure_ascii=False) + "\n")


def questions(people: Sequence[Invented], count: int, draw: random.Random) -> list[Asked]:
    """Return so many questions about `people`, and a third as many about nobody of them."""
    return [*asked(people, count, draw), *absent(people, count // _ABSENT_IN_SO_MANY, draw)]


def _line(person: Invented) -> dict[str, str]:
    return {
        "id": person.person.hex(),
        "forename": person.forename,
        "middle": person.middle,
        "surname": person.surname,
        "known_as": person.known_as,
        "former_surname": person.former_surname,
        "dob": person.birth.isoformat(),
        "sex": "",
        "house": person.home.house,
        "street": person.home.street,
        "postcode": person.home.postcode,
        "old_postcode": person.former_home.postcode if person.former_home else "",
        "nhs": person.nhs,
        "phone": person.phone,
    }


def _question(each: Asked) -> dict[str, object]:
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
    return {
        "query": {name: value for name, value in said.items() if value not in {"", None}},
        "truth": each.truth.hex() if each.truth else None,
        "kind": each.kind,
        "shape": each.shape,
    }


def _birth(query: Query) -> str:
    if query.birth:
        return query.birth.isoformat()
    if query.birth_year and query.birth_month:
        return f"{query.birth_year}-{query.birth_month:02d}"
    return str(query.birth_year or "")


def main() -> None:
    """Write the files that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=3_100)
    parser.add_argument("--seed", choices=SEEDS, default="evaluation")
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    people = population(options.people, SEEDS[options.seed])
    draw = random.Random(SEEDS[options.seed] + 1)
    written(people, questions(people, options.queries, draw), options.into)


if __name__ == "__main__":
    main()
