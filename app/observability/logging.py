"""The log: one JSON object a line on standard error, never with what people wrote or asked."""

import logging
import sys
from typing import Final

import structlog
from structlog.typing import EventDict, WrappedLogger

PERSONAL: Final[frozenset[str]] = frozenset({"authorization", "body", "email", "name", "q", "query", "text", "token"})


def configure(*, level: str = "INFO") -> None:
    """Begin to log; called once by each process, before anything else."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            scrub,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def scrub(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Take out whatever could name somebody or quote them: the one place that sees to it."""
    return {key: "…" if key in PERSONAL else value for key, value in event.items()}
