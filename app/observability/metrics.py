"""What is counted and timed; labelled by route template or receiver only, so that no request can add a label."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

MEDIA_TYPE: Final = "text/plain; version=1.0.0; charset=utf-8"
SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OF_RECEIVERS: Final = (
    (CounterMetricFamily, "sent", "Events that a receiver of webhooks took"),
    (CounterMetricFamily, "failed", "Attempts to send it one that failed"),
    (CounterMetricFamily, "dropped", "Events that went because it was disabled for long"),
    (GaugeMetricFamily, "waiting", "Events that wait for it"),
)


@dataclass(slots=True, eq=False)
class ReceiverFigures(Collector):
    """What the store counts for each receiver of webhooks: one that is removed takes its own series along, no more."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # by receiver, then by name

    def collect(self) -> Iterator[Metric]:
        """A series for each figure and receiver."""
        for family, name, meaning in OF_RECEIVERS:
            series = family(f"quisait_webhooks_{name}", meaning, labels=["receiver"])
            for receiver, counts in self.counts.items():
                series.add_metric([receiver], counts[name])
            yield series


@dataclass(frozen=True, slots=True)
class Metrics:
    """This process's figures."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    behind: Gauge
    degraded: Gauge
    receivers: ReceiverFigures

    @classmethod
    def at_zero(cls) -> "Metrics":
        """New figures, in a registry of their own."""
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        receivers = ReceiverFigures()
        registry.register(receivers)
        return cls(
            registry,
            Counter("quisait_requests", "Requests answered", ["method", "route", "status"], registry=registry),
            Histogram(
                "quisait_request_seconds", "Time to the answer", ["method", "route"], buckets=SECONDS, registry=registry
            ),
            Gauge("quisait_changes_behind", "Changes in the store that this process has not read", registry=registry),
            Gauge("quisait_degraded_posts", "Posts that their language pipeline failed on", registry=registry),
            receivers,
        )

    def record(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """All figures in the Prometheus text format."""
        return generate_latest(self.registry)
