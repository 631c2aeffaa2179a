"""From a request to an Access: whose key it is, what it opens, and refusal by default."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app, request

from directory.api.errors import Problem
from directory.api.limits import Limits
from directory.domain.access import Access
from directory.domain.programmes import Programme, may_be_key
from directory.domain.vocabulary import Role, Scope
from directory.ledger.door import Ledger

_SCHEME = "Bearer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whose key the request carries, and when it came."""

    programme: Programme
    at: datetime

    def itself(self) -> Access:
        """Return the access of the programme itself, which sees nobody."""
        return Access(
            at=self.at,
            role=Role.PROGRAMME,
            name=self.programme.name,
            organisation=self.programme.organisation,
            service=self.programme.service,
            programme=self.programme.reference,
            scopes=self.programme.scopes,
        )


def ledger() -> Ledger:
    """Return the door to what is kept."""
    return cast("Ledger", current_app.config["LEDGER"])


def _limits() -> Limits:
    limits = current_app.config["LIMITS"]
    if not isinstance(limits, Limits):
        raise TypeError("there are no limits")
    return limits


def admitted(scope: Scope) -> Caller:
    """Return who asks; raises the Problem of a key that is missing, too busy or too narrow."""
    at = cast("datetime", current_app.config["CLOCK"]())
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != _SCHEME.lower():
        raise Problem(401, headers={"WWW-Authenticate": _SCHEME})
    programme = ledger().recognise_key(key.strip(), at) if may_be_key(key.strip()) else None
    if programme is None:
        told = f'{_SCHEME} error="invalid_token"'
        raise Problem(401, headers={"WWW-Authenticate": told})
    wait = _limits().wait(programme.reference, at)
    if wait:
        raise Problem(429, headers={"Retry-After": str(wait)})
    if scope not in programme.scopes:
        told = f'{_SCHEME} error="insufficient_scope", scope="{scope}"'
        raise Problem(403, "scope", headers={"WWW-Authenticate": told})
    return Caller(programme=programme, at=at)
