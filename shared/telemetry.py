"""Logs, trace context and metrics.

The W3C ``traceparent`` of a request lives in a context variable: log lines carry its trace id, outgoing calls and
events pass it on.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from prometheus_client import Counter, Histogram

_TRACEPARENT_FORM: Final = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)

requests_total: Final = Counter("agora_subgraph_requests_total", "GraphQL requests by outcome", ["subgraph", "outcome"])
request_seconds: Final = Histogram(
    "agora_subgraph_request_seconds", "Time to answer a GraphQL request, in seconds", ["subgraph"]
)
events_handled_total: Final = Counter(
    "agora_events_handled_total", "Events given to a consumer by outcome", ["queue", "outcome"]
)


def accept_traceparent(header: str | None) -> str:
    """Set the current trace from a request's header, or begin one; the value is the ``traceparent`` in force."""
    value = header if header is not None and _TRACEPARENT_FORM.fullmatch(header) else _new_traceparent()
    _traceparent.set(value)
    return value


def current_traceparent() -> str | None:
    """The trace in force; None outside of a request."""
    return _traceparent.get()


def configure_logging(*, level: str, log_format: str) -> None:
    """Log to stderr: ``text`` for people, ``json`` one object a line for machines. Line breaks are escaped."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonFormatter() if log_format == "json" else _TextFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("aiormq", "aio_pika", "httpx", "httpcore", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


class _TextFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's spelling
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        match = _TRACEPARENT_FORM.fullmatch(current_traceparent() or "")
        if match:
            line["traceId"] = match.group(1)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _new_traceparent() -> str:
    random = secrets.token_hex(24)
    return f"00-{random[:32]}-{random[32:]}-01"
