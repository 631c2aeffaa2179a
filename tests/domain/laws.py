"""Say how hard a law is tried: enough to find a fault, quick enough for every commit."""

from hypothesis import HealthCheck, settings

LAW = settings(
    max_examples=30,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
"""The decorator of every law; a busy machine may be slow, and no example is kept on disk."""
