"""A report as it is kept until its sender has read it: without a word on who the people are."""

import json
from dataclasses import asdict, replace
from datetime import date

from directory.domain.brake import Share, Toll
from directory.domain.extracts import ExtractOutcome, Refusal, Report
from directory.domain.vocabulary import Service


def told_to_sender(report: Report) -> Report:
    """Return the report without what it says of people whom other services know."""
    return replace(report, linked=0, new=0, waiting=0)


def written(report: Report) -> str:
    """Return the report as a text."""
    return json.dumps(asdict(report), default=date.isoformat)


def read(text: str) -> Report:
    """Return the report that a text was written of."""
    kept = json.loads(text)
    toll = kept["toll"]
    return Report(
        **kept
        | {
            "service": Service(kept["service"]),
            "as_of": date.fromisoformat(kept["as_of"]),
            "outcome": ExtractOutcome(kept["outcome"]),
            "refused": tuple(Refusal(**each) for each in kept["refused"]),
            "dropped_columns": tuple(kept["dropped_columns"]),
            "numbered_columns": tuple(kept["numbered_columns"]),
            "toll": Toll(
                **toll
                | {
                    "practitioners": Share(**toll["practitioners"]),
                    "teams": Share(**toll["teams"]),
                }
            ),
        }
    )
