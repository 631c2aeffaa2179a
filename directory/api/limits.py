"""How often each programme may ask: a bucket of tokens that fills again, in this process."""

from collections.abc import Hashable
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

PER_MINUTE = 600


class Limits:
    """The buckets of one process, one for each programme.

    A bucket holds a minute's requests and fills evenly. It is kept in the process, since a row for
    each request would take the write lock: with several processes each allows as much.
    """

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        """Let each ask so often in a minute."""
        self._most = per_minute
        self._each = timedelta(minutes=1) / per_minute
        self._lock = Lock()
        self._buckets: dict[Hashable, tuple[float, datetime]] = {}

    def wait(self, who: Hashable, at: datetime) -> int:
        """Take a token of `who`, and return 0; or return after how many seconds there is one."""
        with self._lock:
            left, since = self._buckets.get(who, (float(self._most), at))
            left = min(float(self._most), left + max(at - since, timedelta()) / self._each)
            if left < 1:
                self._buckets[who] = (left, at)
                return max(1, ceil(((1 - left) * self._each).total_seconds()))
            self._buckets[who] = (left - 1, at)
            return 0
