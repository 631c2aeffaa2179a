"""The demonstration town's own files: read as they are, refused where they are meant to be."""

from datetime import date
from pathlib import Path

import pytest

from directory.domain.vocabulary import Service
from tests.operations.extracts_world import faults, small_world
from tests.seed.extracts import EVERY_SERVICE, SEED_DATA, all_lines, refusals

AS_OF = date(2026, 11, 20)
DROPPED = {"housing": ("upn", "patch_code"), "school": (), "childrens_social_care": ()}


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_a_towns_file_is_refused_exactly_where_it_is_spoilt(tmp_path: Path, service: str) -> None:
    file = (SEED_DATA / f"{service}.csv").read_bytes()
    meant = {(int(each["line"]), each["column"]) for each in refusals(service)}

    with small_world(tmp_path / "town") as here:
        report = here.check(file, service=Service(service), as_of=AS_OF)

    assert faults(report) == meant
    assert (report.lines, report.refused_lines) == (len(all_lines(service)), len(meant))
    assert report.dropped_columns == DROPPED.get(service, ("upn",))
