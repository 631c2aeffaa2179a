"""Every table of every floor, as its models describe it."""

from sqlalchemy import MetaData

from directory.search.tables import search_metadata
from directory.store.tables import Row

MODELS: list[MetaData] = [Row.metadata, search_metadata]
