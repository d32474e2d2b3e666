"""Schemas from running subgraphs."""

import http.server
import json
import threading

import pytest

from gateway.composition.sources import Unreadable, introspect


@pytest.fixture
def subgraph():
    """A server on a free port that answers every POST with ``status`` and ``body``, and notes what it was asked."""

    class Handler(http.server.BaseHTTPRequestHandler):
        status, body, asked = 200, b"", []

        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"]))
            Handler.asked.append((json.loads(content), self.headers.get("Authorization")))
            self.send_response(Handler.status)
            self.end_headers()
            self.wfile.write(Handler.body)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        Handler.url = f"http://127.0.0.1:{server.server_port}/graphql"
        yield Handler
        server.shutdown()
        thread.join()


def test_sdl(subgraph):
    subgraph.body = json.dumps({"data": {"_service": {"sdl": "type Query { a: Int }"}}}).encode()
    assert introspect(subgraph.url, {"Authorization": "secret"}) == "type Query { a: Int }"
    assert subgraph.asked == [({"query": "{ _service { sdl } }"}, "secret")]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"{}"),
        (200, b"not json"),
        (200, b'{"errors": [{"message": "no"}]}'),
        (200, b'{"data": {"_service": {"sdl": null}}}'),
        (200, b"[]"),
    ],
)
def test_no_sdl(subgraph, status, body):
    subgraph.status, subgraph.body = status, body
    with pytest.raises(Unreadable, match=subgraph.url):
        introspect(subgraph.url, {})


def test_nobody_there():
    with pytest.raises(Unreadable, match=r"127\.0\.0\.1:1"):
        introspect("http://127.0.0.1:1/graphql", {})
