"""Everything here holds us against other implementations, which run on Node."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from gateway.composition import SubgraphSource, compose

_PATIENCE_S = 60


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.engine("node"))


class LiveGateway:
    """``python -m gateway serve`` as a process of its own, which follows a supergraph file."""

    def __init__(self, folder):
        self._file = folder / "supergraph.graphql"
        self._served = 0
        self._log = folder / "log"
        self._settings = folder / "gateway.yaml"
        self._settings.write_text("supergraph: { source: supergraph.graphql, poll_interval_ms: 10 }\n")
        self._process = None
        self.url = ""

    def serve(self, supergraph):
        """Start with the supergraph, or swap it in: its description tells when."""
        self._served += 1
        mark = f"supergraph {self._served}"
        written = self._file.with_suffix(".new")
        written.write_text(re.sub(r"^schema\b", f'"{mark}"\nschema', supergraph, count=1, flags=re.MULTILINE))
        written.replace(self._file)
        if self._process is None:
            self._start()
        self._until(lambda: self.post("{ __schema { description } }")["data"]["__schema"]["description"] == mark)

    def _start(self):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GATEWAY_", "AGORA_"))}
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gateway", "serve", "--config", str(self._settings), "--port", "0"],
                stderr=log,
                env=kept,
            )
        self.url = self._until(self._address).group(1)

    def _address(self):
        assert self._process.poll() is None, self._log.read_text()
        return re.search(r"serving GraphQL at (http://\S+)", self._log.read_text())

    def _until(self, happened):
        """Wait for a condition; its value. Fails with the gateway's log."""
        deadline = time.monotonic() + _PATIENCE_S
        while not (value := happened()):
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.01)
        return value

    def send(self, body, *, url=None, **headers):
        """Status, content type and body of the response to a POST, or to a GET when there is no body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(url or self.url, body, named)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE_S) as response:
                return response.status, response.headers.get_content_type(), response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get_content_type(), error.read()

    def post(self, query, variables=None):
        """The answer as JSON."""
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        return json.loads(self.send(body, content_type="application/json", accept="application/json")[2])

    def close(self):
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            assert self._process.wait(timeout=_PATIENCE_S) == 0
            log = self._log.read_text()
            assert "Traceback" not in log, log[max(log.index("Traceback") - 500, 0) :]


@pytest.fixture(scope="module")
def live_gateway(tmp_path_factory):
    gateway = LiveGateway(tmp_path_factory.mktemp("gateway"))
    yield gateway
    gateway.close()


@pytest.fixture(scope="session")
def live_subgraphs(node_script):
    """``ask({"serve": …})``; the script says what it takes."""
    script = node_script("subgraphs.mjs")
    yield script
    script.close()


@pytest.fixture
def put_live(live_gateway, live_subgraphs, reference_composers):
    """``put_live(name, sdls, data, composer)`` serves a graph as "ours", "apollo" or "guild" composes it.

    In place of a composer a file says how the supergraph is, with ``NAME-url`` where the URLs have to be.
    """

    def put(name, sdls, data, composer):
        paths = {each: f"{name}/{each}/graphql?graph={each}" for each in sdls}
        served = {path: {"sdl": sdls[each], "data": data[each]} for each, path in paths.items()}
        port = live_subgraphs.ask({"serve": served})["port"]
        urls = {each: f"http://127.0.0.1:{port}/{path}" for each, path in paths.items()}
        live_gateway.serve(composed(urls, sdls, composer))
        return live_gateway

    def composed(urls, sdls, composer):
        if isinstance(composer, Path):
            text = composer.read_text()
            for each, url in urls.items():
                text = text.replace(f"{each}-url", url)
            return text
        if composer == "ours":
            return compose([SubgraphSource(each, urls[each], sdl) for each, sdl in sdls.items()]).supergraph.text
        question = {"subgraphs": [{"name": each, "url": urls[each], "sdl": sdl} for each, sdl in sdls.items()]}
        return reference_composers.ask(question)[composer]["supergraph"]

    return put
