"""The figures and their labels. Nothing is labelled with a server, a member or a film: their number has no bound.

docs/operations.md explains each; `deploy/` has alerts and a dashboard that name them.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

# Discord waits three seconds for an answer.
_ANSWER_BUCKETS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
_SHORT_BUCKETS: Final = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
# What a value that is looked up at each scrape is called, what it means, and the name of its label, if it has one.
_GAUGES: Final[Mapping[str, tuple[str, str]]] = {
    "frontrow_build_info": ("Always 1; the label says which version runs.", "version"),
    "frontrow_invalid_requests": ("Answers 401, 403 and 429 from Discord in the last ten minutes.", ""),
    "frontrow_shards": ("Gateway connections of this process.", "state"),
    "frontrow_identifies_left": ("Sessions that may still be begun today, over all processes.", ""),
    "frontrow_heartbeat_seconds": ("How long Discord took to confirm the last heartbeat.", "shard"),
    "frontrow_due_work": ("Things that should have been done by now.", "kind"),
    "frontrow_due_work_lateness_seconds": ("For how long the oldest of them has been due.", "kind"),
    "frontrow_pool_in_use": ("Database connections in use.", ""),
    "frontrow_list_revision": ("The number of the last change that has been taken up.", ""),
    "frontrow_ready": ("1 where that part is ready.", "part"),
    "frontrow_backup_age_seconds": ("How long ago the last backup was made.", ""),
    "frontrow_drill_age_seconds": ("How long ago a backup was last restored on trial.", ""),
}
# Values of a gauge by its label's value, which is empty where it has none.
Readings = Mapping[str, Mapping[str, float]]


class Metrics:
    """Counts what happens; `readings` are what was looked up last."""

    def __init__(self, version: str) -> None:
        disable_created_metrics()
        self.registry = CollectorRegistry()
        self._version = version
        self.answer_seconds = self._histogram(
            "frontrow_answer_seconds", "From an interaction to the first answer to it.", _ANSWER_BUCKETS, "command"
        )
        self.answers = self._counter(
            "frontrow_answers", "Interactions, by what came of them; a late failure counts again.", "command", "outcome"
        )
        self.autocomplete_seconds = self._histogram(
            "frontrow_autocomplete_seconds", "From a letter that was typed to the choices.", _ANSWER_BUCKETS
        )
        self.deferred = self._counter("frontrow_deferred_answers", "Answers that were only announced at first.")
        self.too_late = self._counter("frontrow_too_late_answers", "Answers that Discord took no more (10062).")
        self.claims_lost = self._counter(
            "frontrow_claims_lost", "What another process did first, or answered (40060).", "kind"
        )
        self.requests = self._counter("frontrow_rest_requests", "Requests to Discord.", "method", "route", "status")
        self.reconnects = self._counter("frontrow_reconnects", "Gateway connections that were lost.", "code")
        self.loop_lag = self._histogram(
            "frontrow_loop_lag_seconds", "How late the event loop came back to a timer.", _SHORT_BUCKETS
        )
        self.database_seconds = self._histogram(
            "frontrow_database_seconds", "What a statement to the database took.", _SHORT_BUCKETS
        )
        self.readings: Readings = {}
        self.registry.register(_Looked(self))
        ProcessCollector(registry=self.registry)

    def text(self) -> bytes:
        """All of it in Prometheus' format; some milliseconds of work, so for a thread."""
        return generate_latest(self.registry)

    def read(self, readings: Readings) -> None:
        """Take up what was looked up for the next scrape."""
        self.readings = {"frontrow_build_info": {self._version: 1.0}, **readings}

    def _histogram(self, name: str, about: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(name, about, labels, buckets=buckets, registry=self.registry)

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(name, about, labels, registry=self.registry)


class _Looked(Collector):
    """The gauges. One without a value is left out, which tells it from zero."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[GaugeMetricFamily]:
        readings = self._metrics.readings
        for name, (about, label) in _GAUGES.items():
            family = GaugeMetricFamily(name, about, labels=[label] if label else [])
            for value_of_label, value in readings.get(name, {}).items():
                family.add_metric([value_of_label] if label else [], value)
            yield family
