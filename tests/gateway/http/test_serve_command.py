"""``python -m gateway serve``: what it says when it cannot start, and how it stops."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from gateway.__main__ import main

SDL = "type Query { hello: String }"


@pytest.fixture
def supergraph(tmp_path, compose_supergraph):
    file = tmp_path / "supergraph.graphql"
    file.write_text(compose_supergraph({"hello": SDL}))
    return file


def serve(*arguments, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GATEWAY_", "AGORA_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "gateway", "serve", *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        env={**kept, **environment},
    )


@pytest.fixture
def refused(capsys, monkeypatch):
    """What the command says when it does not start: one line."""
    for name in [name for name in os.environ if name.startswith(("GATEWAY_", "AGORA_"))]:
        monkeypatch.delenv(name)

    def run(*arguments):
        assert main(["serve", *map(str, arguments)]) == 1
        stderr = capsys.readouterr().err
        assert stderr.startswith("gateway: ")
        assert stderr.count("\n") == 1
        return stderr

    return run


def test_no_supergraph(refused):
    assert "--supergraph" in refused()


def test_a_missing_file(refused, tmp_path):
    assert "nothing.graphql" in refused("--supergraph", tmp_path / "nothing.graphql")


def test_a_file_that_is_no_supergraph(refused, tmp_path):
    (tmp_path / "a.graphql").write_text(SDL)

    assert "INVALID_SUPERGRAPH" in refused("--supergraph", tmp_path / "a.graphql")


def test_an_unknown_security_feature(refused, tmp_path, supergraph):
    text = supergraph.read_text()
    link = '@link(url: "https://specs.example.com/guard/v1.0", for: SECURITY)'
    supergraph.write_text(text.replace("schema\n", f"schema\n  {link}\n", 1))

    assert "UNSUPPORTED_LINKED_FEATURE" in refused("--supergraph", supergraph)


def test_a_port_in_use(refused, supergraph):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert f"127.0.0.1:{port}" in refused("--supergraph", supergraph, "--port", port)


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ("limits: {max_dept: 3}", "limits.max_dept: there is no such setting"),
        ("playground: {tabs: nowhere}", "cannot read the playground's tabs"),
        ("limits: {max_depth: many}", "limits.max_depth"),
        ("listen: 4000", "listen"),
        ("- a", "mapping"),
        ("a: [", "YAML"),
        ("headers: {forward: [X-Agora-Identity]}", "x-agora-identity"),
    ],
)
def test_settings_that_are_wrong(refused, tmp_path, supergraph, config, named):
    (tmp_path / "gateway.yaml").write_text(config)

    assert named in refused("--config", tmp_path / "gateway.yaml", "--supergraph", supergraph)


@pytest.mark.parametrize("workers", [1, 2])
def test_serving_until_a_signal(supergraph, tmp_path, workers):
    (tmp_path / "gateway.yaml").write_text(
        f"supergraph: {{source: supergraph.graphql}}\nlisten: {{workers: {workers}}}"
    )
    process = serve("--config", tmp_path / "gateway.yaml", GATEWAY_PORT="0")
    address = None
    for line in process.stderr:
        found = re.search(r"serving GraphQL at (\S+)", line)
        if found:
            address = found.group(1)
            break
    request = urllib.request.Request(
        address, json.dumps({"query": "{ __typename }"}).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        assert json.load(response) == {"data": {"__typename": "Query"}}

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0
