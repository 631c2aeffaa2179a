"""Every table there is: who asks for the tables as a whole asks here."""

from directory.store import (
    account_tables,
    agency_tables,
    alias_tables,
    audit_tables,
    call_tables,
    claim_tables,
    consent_tables,
    correction_tables,
    emergency_tables,
    gate_tables,
    line_tables,
    matching_tables,
    programme_tables,
    relationship_tables,
    restriction_tables,
    rule_tables,
    sending_tables,
    sharing_tables,
    watch_tables,
)
from directory.store.row import Row

MODULES = (
    account_tables,
    agency_tables,
    alias_tables,
    audit_tables,
    call_tables,
    claim_tables,
    consent_tables,
    correction_tables,
    emergency_tables,
    gate_tables,
    line_tables,
    matching_tables,
    programme_tables,
    relationship_tables,
    restriction_tables,
    rule_tables,
    sending_tables,
    sharing_tables,
    watch_tables,
)
"""The modules that tables are in; a new one is named here, or its tables are nowhere."""

TABLES = Row.metadata
