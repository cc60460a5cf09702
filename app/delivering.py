"""Sends webhooks beside what indexes, in a thread of its own: a slow receiver makes no post wait."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from typing import Final

import structlog

from app.bootstrap import Services
from app.leases import new_holder
from app.services.webhooks import Delivery
from app.worker import Worker

PAUSE_SECONDS: Final = 1.0


@contextmanager
def delivering(services: Services) -> Iterator[None]:
    """Send whatever waits for receivers of webhooks, for as long as the block lasts."""
    worker = Worker(
        delivery(services),
        on_progress=lambda attempts: structlog.get_logger().info("webhooks tried", attempts=attempts),
        on_failure=lambda error: structlog.get_logger().warning("store unavailable", reason=str(error)),
        pause_seconds=PAUSE_SECONDS,
    )
    thread = Thread(target=worker.run, name="webhooks")
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join()


def delivery(services: Services) -> Delivery:
    """What sends, with the settings of the service."""
    return Delivery(
        services.store,
        services.receivers.sender.send,
        patience=timedelta(days=services.settings.webhook_days),
        holder=new_holder(),
        clock=services.receivers.clock,
        jitter=random.random,
    )
