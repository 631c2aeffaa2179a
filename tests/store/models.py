"""Every table of every floor, as its models describe it."""

from sqlalchemy import MetaData

from directory.search.tables import search_metadata
from directory.store.tables import TABLES

MODELS: list[MetaData] = [TABLES, search_metadata]
