"""Every table of every floor, as its models describe it."""

from sqlalchemy import MetaData

from directory.search.tables import search_metadata
from directory.store.matching_tables import WaitingRow

MODELS: list[MetaData] = [WaitingRow.metadata, search_metadata]
