"""What every table shares."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import (
    LargeBinary,
    MetaData,
)
from sqlalchemy.orm import DeclarativeBase

from directory.store.types import Moment, Reference


class Row(DeclarativeBase):
    """What every table shares: one way to name its constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[type, object]] = {
        UUID: Reference,
        datetime: Moment,
        bytes: LargeBinary,
    }
