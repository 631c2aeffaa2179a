"""Draft the next migration from what the models have and the migrations lack, for review.

Run as: python -m tests.store.draft_migration "hold a team's cover"
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from sqlalchemy import MetaData

from directory.store import migrations
from directory.store.migrations.running import configuration
from directory.store.schema import HEAD, upgrade
from tests import engines
from tests.store.models import MODELS

MIGRATIONS = Path(str(migrations.__file__)).parent


def draft(message: str, *, models: Sequence[MetaData], migrations: Path) -> None:
    """Write the next migration to the folder `migrations`, in its `versions`."""
    with (
        tempfile.TemporaryDirectory() as folder,
        engines.empty(engines.SQLITE, Path(folder)) as place,
        engines.opened(place.owner_url) as database,
    ):
        upgrade(database)
        with database.migrating() as connection:
            alembic = configuration(connection)
            alembic.set_main_option("script_location", str(migrations))
            alembic.attributes["models"] = models
            command.revision(alembic, message, autogenerate=True, rev_id=f"{int(HEAD) + 1:04}")


if __name__ == "__main__":
    draft(sys.argv[1], models=MODELS, migrations=MIGRATIONS)
    sys.stdout.write("Review it, then set HEAD in directory/store/schema.py.\n")
