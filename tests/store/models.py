"""Every table of every floor, as its models describe it."""

from sqlalchemy import MetaData

from directory.search.tables import search_metadata
from directory.store.aliases import NamePairRow
from directory.store.matching_tables import WaitingRow

_ROWS = dict.fromkeys((WaitingRow.metadata, NamePairRow.metadata))  # one, shared by all rows
MODELS: list[MetaData] = [*_ROWS, search_metadata]
