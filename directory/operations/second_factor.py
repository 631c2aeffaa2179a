"""The second factor: six digits from the user's own device, each good for one use (RFC 6238)."""

import hmac
from datetime import datetime

from pyotp.hotp import HOTP
from pyotp.totp import TOTP

from directory.domain.accounts import TOTP_STEP_SECONDS

NOBODYS = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""The key that an unknown user's code is compared with, so that the work is the same."""

_WINDOW = range(-1, 2)  # one step early or late: clocks differ


def matching_step(key: str, code: str, *, at: datetime, after: int) -> int | None:
    """Return the time step that `code` belongs to, None where it fits none.

    Steps up to `after` are refused: their codes were used.
    """
    typed = "".join(code.split()).encode()
    now = int(at.timestamp()) // TOTP_STEP_SECONDS
    codes = HOTP(key)
    fitting = [
        now + drift
        for drift in _WINDOW
        if hmac.compare_digest(codes.at(now + drift).encode(), typed)
    ]
    return next((step for step in fitting if step > after), None)


def enrolment_address(key: str, *, account: str, issuer: str) -> str:
    """Return the otpauth address that an authenticator app reads from a QR code."""
    return TOTP(key).provisioning_uri(name=account, issuer_name=issuer)
