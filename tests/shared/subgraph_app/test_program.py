"""The command line of a subgraph: what goes wrong outside is one line and a status."""

import socket

import pytest

from shared.subgraph_app import run_program
from subgraphs.inventory.__main__ import PROGRAM


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    monkeypatch.setenv("AGORA_GATEWAY_SECRET", "long-enough-for-a-secret")
    monkeypatch.setenv("INVENTORY_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/agora_inventory")
    return monkeypatch


def one_line(capsys):
    error = capsys.readouterr().err.strip()
    assert error
    assert "\n" not in error
    return error


def test_sdl_needs_no_environment(environment, capsys):
    environment.delenv("AGORA_GATEWAY_SECRET")
    assert run_program(PROGRAM, ["sdl"]) == 0
    assert "type StockLevel" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["migrate", "seed", "worker"])
def test_an_unreachable_database_is_one_line(capsys, command, environment):
    environment.delenv("AMQP_URL", raising=False)
    environment.setenv("EVENTS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/agora_events")
    assert run_program(PROGRAM, [command]) == 1
    assert one_line(capsys).startswith(f"inventory {command}:")


def test_a_missing_secret_is_one_line(environment, capsys):
    environment.delenv("AGORA_GATEWAY_SECRET")
    assert run_program(PROGRAM, ["serve"]) == 1
    assert "AGORA_GATEWAY_SECRET" in one_line(capsys)


def test_a_busy_port_is_one_line(environment, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environment.setenv("INVENTORY_PORT", str(port))
        assert run_program(PROGRAM, ["serve"]) == 1
    assert f"127.0.0.1:{port}" in one_line(capsys)


@pytest.mark.parametrize("arguments", [[], ["fly"], ["seed", "--size", "0"], ["seed", "--size", "x"]])
def test_wrong_arguments_are_usage_errors(arguments):
    with pytest.raises(SystemExit) as stopped:
        run_program(PROGRAM, arguments)
    assert stopped.value.code == 2
