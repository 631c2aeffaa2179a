"""Lay out the tables that keep the people index in the directory's own database."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
)

_ROW_NUMBER = BigInteger().with_variant(Integer(), "sqlite")

search_metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

key_posting = Table(
    "key_posting",
    search_metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("people", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Who is filed under each hashed key: the numbers of up to 500 people in each part, packed."""

person_feature = Table(
    "person_feature",
    search_metadata,
    Column("number", _ROW_NUMBER, primary_key=True, autoincrement=False),
    Column("person", LargeBinary(16), nullable=False, unique=True),
    Column("features", LargeBinary, nullable=False),
)
"""What scoring needs of each person, and all that the person's keys are made from."""

name_token = Table(
    "name_token",
    search_metadata,
    Column("id", _ROW_NUMBER, primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, nullable=False),
    Column("token", String(32), nullable=False),
    Column("count", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Index(None, "since"),
)
"""The name tokens, birth years and postcode districts in use, and how many people have each.

`since` is the change that brought the token, so that a process reads only what is new to it.
"""

search_state = Table(
    "search_state",
    search_metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("changes", BigInteger, nullable=False),
    Column("digest", BigInteger, nullable=False),
    Column("people", BigInteger, nullable=False),
    Column("next_number", BigInteger, nullable=False),
)
"""One row: how many changes there were, the sum of the tokens' ids, and how many people."""
