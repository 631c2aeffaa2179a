"""Send requests at a fixed rate whatever the answers take, and say how long each took."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np


@dataclass(slots=True)
class Clockings:
    """Seconds from when a step was due until it was answered, by kind of step."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def clocked(self, kind: str) -> Iterator[None]:
        """Clock one step; a fault inside is kept, not raised."""
        begun = time.perf_counter()
        try:
            yield
        except Exception as fault:  # noqa: BLE001 - a bench reports every fault and goes on
            with self._lock:
                self.faults.append(f"{kind}: {type(fault).__name__}: {fault}")
        else:
            with self._lock:
                self.seconds[kind].append(time.perf_counter() - begun)

    def rows(self) -> list[tuple[str, int, float, float, float]]:
        """Return kind, count, p50, p95 and p99 in milliseconds."""
        return [
            (kind, len(each), _ms(each, 50), _ms(each, 95), _ms(each, 99))
            for kind, each in sorted(self.seconds.items())
        ]


def _ms(seconds: list[float], percentile: int) -> float:
    return float(np.percentile(seconds, percentile)) * 1000


def send(act: Callable[[int], None], *, a_second: float, seconds: float, at_once: int) -> float:
    """Start `act` at the rate given, and return how far the start of the last one lagged, seconds.

    Every act is started at its due moment by one of `at_once` threads; a lag means that all of
    them were busy, so the server no longer keeps up.
    """
    begun = time.perf_counter() + 0.2
    count = int(a_second * seconds)
    lags: list[float] = []

    def run(number: int) -> None:
        due = begun + number / a_second
        wait = due - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        lags.append(time.perf_counter() - due)
        act(number)

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(run, range(count)))
    return max(lags, default=0.0)
