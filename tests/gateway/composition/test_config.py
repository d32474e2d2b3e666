"""supergraph.yaml, and the schemas that it names."""

import json

import pytest

from gateway.__main__ import main

QUERY = "type Query { a: Int }"


@pytest.fixture
def run(tmp_path, capsys):
    """Compose a config given as text, with files beside it; gives exit status and JSON."""

    def run(config, **files):
        (tmp_path / "supergraph.yaml").write_text(config)
        for name, content in files.items():
            (tmp_path / f"{name}.graphql").write_bytes(content if isinstance(content, bytes) else content.encode())
        status = main(["compose", "--config", str(tmp_path / "supergraph.yaml"), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return run


def codes(answer):
    return [error["code"] for error in answer["errors"]]


def test_file_beside_the_config(run):
    status, answer = run("subgraphs: {a: {routing_url: x, schema: {file: a.graphql}}}", a=QUERY)
    assert (status, answer["success"]) == (0, True)
    assert 'name: "a", url: "x"' in answer["supergraph"]


@pytest.mark.parametrize("version", ["2", "=2.9.0", "'2'"])
def test_inline_sdl_and_versions(run, version):
    config = f"federation_version: {version}\nsubgraphs: {{a: {{routing_url: x, schema: {{sdl: '{QUERY}'}}}}}}"
    assert run(config)[0] == 0


def test_byte_order_mark(run):
    assert (
        run("subgraphs: {a: {routing_url: x, schema: {file: a.graphql}}}", a=b"\xef\xbb\xbf" + QUERY.encode())[0] == 0
    )


@pytest.mark.parametrize(
    "config",
    [
        "",
        "[]",
        "subgraphs: {}",
        "subgraphs: {a: {routing_url: x}}",
        "subgraphs: {a: {routing_url: x, schema: {}}}",
        "subgraphs: {a: {routing_url: x, schema: {file: a, sdl: b}}}",
        "subgraphs: {a: {routing_url: x, schema: {sdl: 1}}}",
        "subgraphs: {a: {schema: {sdl: 'type Query { a: Int }'}}}",
        "subgraphs: {a: {",
        "subgraphs: {[a]: b}",
        "subgraphs: {a: {routing_url: [x], schema: {sdl: 'type Query { a: Int }'}}}",
        "subgraphs:\n  a: {routing_url: x, routing_url: y, schema: {sdl: 'type Query { a: Int }'}}",
        "subgraphs: {a: {routing_url: x, schema: {sdl: 'type Query { a: Int }'}}}\nsubgraphs: {}",
        "federation_version: 1\nsubgraphs: {a: {routing_url: x, schema: {sdl: 'type Query { a: Int }'}}}",
        "subgraphs: {a: {routing_url: x, schema: {subgraph_url: 'http://x', introspection_headers: []}, extra: &a *a}}",
    ],
)
def test_invalid(run, config):
    status, answer = run(config)
    assert (status, answer["success"], answer["supergraph"]) == (1, False, None)
    assert codes(answer) == ["INVALID_CONFIG"]


def test_name_given_twice(run):
    entry = f"{{routing_url: x, schema: {{sdl: '{QUERY}'}}}}"
    assert codes(run(f"subgraphs:\n  a: {entry}\n  a: {entry}")[1]) == ["INVALID_SUBGRAPH_NAME"]


def test_unreadable_files_are_all_reported(run):
    config = """
    subgraphs:
      missing: {routing_url: x, schema: {file: missing.graphql}}
      latin: {routing_url: x, schema: {file: latin.graphql}}
      ftp: {routing_url: x, schema: {subgraph_url: "ftp://x"}}
    """
    status, answer = run(config, latin=b"type Query { a: Int } # \xe9")
    assert (status, codes(answer)) == (1, ["SUBGRAPH_UNREADABLE"] * 3)
    assert [error["subgraphs"] for error in answer["errors"]] == [["missing"], ["latin"], ["ftp"]]


def test_missing_config(tmp_path, capsys):
    assert main(["compose", "--config", str(tmp_path / "missing.yaml"), "--json"]) == 1
    assert codes(json.loads(capsys.readouterr().out)) == ["INVALID_CONFIG"]


def test_variables_of_the_environment(run, monkeypatch):
    monkeypatch.setenv("SHOP_HOST", "shop.example")
    monkeypatch.setenv("SHOP_SCHEMA", "a.graphql")
    config = 'subgraphs: {a: {routing_url: "https://${env.SHOP_HOST}/x", schema: {file: "${env.SHOP_SCHEMA}"}}}'
    status, answer = run(config, a=QUERY)
    assert (status, answer["errors"]) == (0, [])
    assert 'url: "https://shop.example/x"' in answer["supergraph"]


def test_variables_that_are_not_set(run, monkeypatch):
    monkeypatch.delenv("NOWHERE", raising=False)
    config = (
        "subgraphs: {{a: {{routing_url: '${{env.NOWHERE}}', schema: {{sdl: '{0}'}}}}, b: {{schema: {{sdl: '{0}'}}}}}}"
    )
    status, answer = run(config.format(QUERY))
    assert (status, answer["supergraph"], codes(answer)) == (1, None, ["INVALID_CONFIG"] * 2)
    assert '"NOWHERE"' in answer["errors"][0]["message"]
    assert answer["errors"][0]["subgraphs"] == ["a"]
