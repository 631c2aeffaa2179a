"""Run a PostgreSQL for the benches of search, set as a council would, and stopped afterwards."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine

from tests import engines

_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
}
_numbers = count()


@contextmanager
def cluster() -> Iterator[Path]:
    """Yield the folder of the socket of a new PostgreSQL, durable as by default."""
    initdb = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    user = engines._unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="directory-bench-"))
    shutil.chown(folder, user)
    engines._run_initdb(initdb, folder, user)
    settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
    postgres = initdb.with_name("postgres")
    command = engines._run_as(user, postgres, "-D", folder / "data", "-k", folder, *settings)
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own words
    try:
        with engines._as_superuser(folder) as connection:
            connection.exec_driver_sql("CREATE ROLE bench LOGIN NOSUPERUSER")
        yield folder
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Yield the address of a new empty database of the cluster in `folder`, dropped afterwards."""
    name = f"bench_{next(_numbers)}"
    with engines._as_superuser(folder) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} OWNER bench")
    engine = create_engine(engines._address("postgres", name, folder))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE EXTENSION pg_trgm")
    engine.dispose()
    try:
        yield engines._address("bench", name, folder)
    finally:
        with engines._as_superuser(folder) as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
