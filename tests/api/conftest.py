"""Every client of the API checks what it is answered, at the council of the canary."""

from tests.web.conftest import canary

__all__ = ["canary"]
