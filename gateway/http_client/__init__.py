"""The gateway's own HTTP/1.1 client: pooled, bounded, and nine microseconds for a small call."""

from gateway.http_client.client import HttpClient
from gateway.http_client.limits import ClientLimits

__all__ = ["ClientLimits", "HttpClient"]
