"""``python -m gateway compose``."""

import json

import pytest

from gateway.__main__ import main


@pytest.fixture
def config(tmp_path):
    def write(sdl):
        path = tmp_path / "supergraph.yaml"
        path.write_text(json.dumps({"subgraphs": {"a": {"routing_url": "http://a", "schema": {"sdl": sdl}}}}))
        return str(path)

    return write


def test_sdl_on_standard_output(config, capsys):
    assert main(["compose", "--config", config("type Query { a: Int }")]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("schema")
    assert err == ""


def test_output_file(config, capsys, tmp_path):
    output = tmp_path / "supergraph.graphql"
    assert main(["compose", "--config", config("type Query { a: Int }"), "--output", str(output)]) == 0
    assert output.read_text().startswith("schema")
    assert capsys.readouterr().out == ""


def test_output_that_cannot_be_written(config, capsys, tmp_path):
    assert main(["compose", "--config", config("type Query { a: Int }"), "--output", str(tmp_path)]) == 1
    assert "INVALID_CONFIG" in capsys.readouterr().err


def test_errors_for_people(config, capsys, tmp_path):
    output = tmp_path / "supergraph.graphql"
    assert main(["compose", "--config", config("type Query {\n  a: Missing\n}"), "--output", str(output)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "error INVALID_GRAPHQL: [a] unknown type Missing of Query.a: define it, or correct its name.",
        "  at a:2:6",
        "1 error(s): no supergraph was composed.",
    ]
    assert not output.exists()


def test_errors_as_json(config, capsys):
    assert main(["compose", "--config", config("type Query { a: Missing }"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "success": False,
        "supergraph": None,
        "errors": [
            {
                "code": "INVALID_GRAPHQL",
                "message": "[a] unknown type Missing of Query.a: define it, or correct its name.",
                "subgraphs": ["a"],
                "locations": [{"subgraph": "a", "line": 1, "column": 17}],
            }
        ],
        "hints": [],
    }


def test_equal_input_gives_equal_output(config, capsys):
    path = config("type Query { a(x: Int, y: Int): E } enum E { B A }")
    main(["compose", "--config", path])
    first = capsys.readouterr().out
    main(["compose", "--config", path])
    assert capsys.readouterr().out == first
