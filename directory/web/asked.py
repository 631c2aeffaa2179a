"""What an address asks for beside its path: whole numbers and references."""

from uuid import UUID

from flask import request

from directory.domain.access import NotFound

_MOST = 10_000


def asked_number(name: str, *, least: int = 1) -> int | None:
    """Return the number asked for in the address, None where none is."""
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not least <= int(text[:6]) <= _MOST:
        raise NotFound
    return int(text[:6])


def asked_reference(name: str) -> UUID | None:
    """Return the reference asked for in the address, None where none is."""
    text = request.args.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
