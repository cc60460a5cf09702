"""What is counted and timed; labelled by route template only, so that no request can add a label."""

from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

MEDIA_TYPE: Final = "text/plain; version=1.0.0; charset=utf-8"
SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """This process's figures."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    behind: Gauge
    degraded: Gauge
    sent: Gauge
    failed: Gauge
    waiting: Gauge

    @classmethod
    def at_zero(cls) -> "Metrics":
        """New figures, in a registry of their own."""
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        return cls(
            registry,
            Counter("quisait_requests", "Requests answered", ["method", "route", "status"], registry=registry),
            Histogram(
                "quisait_request_seconds", "Time to the answer", ["method", "route"], buckets=SECONDS, registry=registry
            ),
            Gauge("quisait_changes_behind", "Changes in the store that this process has not read", registry=registry),
            Gauge("quisait_degraded_posts", "Posts that their language pipeline failed on", registry=registry),
            Gauge("quisait_webhooks_sent", "Events that the receivers of webhooks took", registry=registry),
            Gauge("quisait_webhooks_failed", "Attempts to send them one that failed", registry=registry),
            Gauge("quisait_webhooks_waiting", "Events that wait for them", registry=registry),
        )

    def record(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """All figures in the Prometheus text format."""
        return generate_latest(self.registry)
