"""What every command of the council's engineer begins with."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from rich.console import Console

from directory import serving
from directory.domain.access import Access
from directory.domain.vocabulary import Role, Service
from directory.ledger.door import Ledger
from directory.settings import Settings, read
from directory.web.access import system_clock
from directory.wiring import kept_texts, open_ledger

out = Console(highlight=False)
service_option = click.option(
    "--service", required=True, type=click.Choice([str(each) for each in Service])
)
file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def operator() -> Access:
    """Return the access of the council's engineer at the command line."""
    return Access(at=system_clock(), role=Role.OPERATOR, name="command line")


@contextmanager
def opened() -> Iterator[Ledger]:
    """Yield the ledger of the instance that the environment names."""
    instance = serving.opened(settings_here())
    data, keys = instance.settings.data, instance.keys
    texts = kept_texts(data, keys)
    with closing(open_ledger(instance.database, keys, data=data, texts=texts)) as ledger:
        yield ledger


def settings_here() -> Settings:
    """Return the settings that the environment names."""
    return read(os.environ)
