"""A stack of stand-in programs under the real supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

TWO_SERVERS = """
    stack = Stack(
        programs=(server("front", after=("back",)), server("back", after=("load",))),
        jobs=(job("load", "print('progress rows 1 2'); print('progress rows 2 2')", shows_progress=True),),
        urls=(("front", "http://front"),),
    )
"""


def test_programs_start_after_what_they_need_and_the_urls_are_shown(stand_in: Any) -> None:
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    assert list(stand_in.records) == ["back", "front"]
    stand_in.until(lambda: "http://front" in stand_in.text)
    lines = stand_in.text.splitlines()
    assert [line.split("|")[0].strip() for line in lines if "listens" in line] == ["back", "front"]
    assert "Loading the demo catalogue: done" in stand_in.text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(stand_in: Any, number: signal.Signals) -> None:
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    stand_in.signal(number)
    assert stand_in.exit_status() == 0
    assert stand_in.alive() == []


def test_a_signal_during_the_start_stops_everything(stand_in: Any) -> None:
    stand_in.start("""
        stack = Stack(programs=(server("front", after=("never",)), server("back")), jobs=(job("never", "import time; time.sleep(600)"),))
    """)
    stand_in.until(
        lambda: (
            len(stand_in.alive()) == 2
            and (back := stand_in.records.get("back")) is not None
            and back.state == "healthy"
        )
    )
    stand_in.signal(signal.SIGTERM)
    assert stand_in.exit_status() == 0
    assert stand_in.alive() == []


def test_a_program_that_ignores_the_request_to_stop_is_killed_with_its_children(stand_in: Any) -> None:
    stand_in.start("""
        stubborn = (
            "import signal, subprocess, sys, time\\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\\n"
            "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\\n"
            "print('deaf', flush=True)\\n"
            "time.sleep(600)"
        )
        stack = Stack(programs=(program("stubborn", stubborn, grace_s=0.2),), jobs=())
    """)
    stand_in.until_healthy()
    stand_in.until(lambda: "deaf" in stand_in.text)
    stand_in.signal(signal.SIGTERM)
    assert stand_in.exit_status() == 0
    assert stand_in.alive() == []


def test_a_killed_program_comes_back_by_itself(stand_in: Any) -> None:
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    first = stand_in.records["back"]
    os.kill(first.pid, signal.SIGKILL)
    second = stand_in.until(
        lambda: (record := stand_in.records["back"]).pid != first.pid and record.state == "healthy" and record
    )
    assert second.restarts == 1
    assert "back ended with SIGKILL" in stand_in.text


def test_a_program_that_fails_to_start_ends_the_stack_with_one_line(stand_in: Any) -> None:
    stand_in.start("""
        stack = Stack(
            programs=(server("back"), program("broken", "raise SystemExit('no such table')", after=("back",)), server("front", after=("broken",))),
            jobs=(),
        )
    """)
    assert stand_in.exit_status() == 1
    last = stand_in.text.splitlines()[-1]
    assert last.startswith(
        "PROGRAM_FAILED: broken did not start: it ended with exit status 1; its last words: no such table"
    )
    assert stand_in.alive() == []


def test_a_program_that_never_becomes_healthy_ends_the_stack(stand_in: Any) -> None:
    stand_in.start("""
        silent = program("silent", "import time; time.sleep(600)", probe=partial(probe_http, "http://127.0.0.1:1/"), ready_within_s=0.3)
        stack = Stack(programs=(silent,), jobs=())
    """)
    assert stand_in.exit_status() == 1
    assert "PROGRAM_FAILED: silent did not start: it was not healthy after 0.3 s" in stand_in.text
    assert stand_in.alive() == []


def test_a_failing_job_ends_the_stack_with_its_last_line(stand_in: Any) -> None:
    stand_in.start("""
        stack = Stack(programs=(server("back"), server("front", after=("load",))), jobs=(job("load", "raise SystemExit('disk full')", after=("back",)),))
    """)
    assert stand_in.exit_status() == 1
    assert stand_in.text.splitlines()[-1].startswith("JOB_FAILED: load ended with exit status 1: disk full")
    assert stand_in.alive() == []


def test_what_a_killed_supervisor_leaves_is_stopped_by_the_next_start(stand_in: Any) -> None:
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    stand_in.signal(signal.SIGKILL)
    stand_in.exit_status()
    orphans = {record.pid for record in stand_in.records.values()}
    assert len(stand_in.alive()) == 2

    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    assert "stopped 2 processes that an earlier stack had left behind" in stand_in.text
    assert orphans.isdisjoint(record.pid for record in stand_in.records.values())
    assert len(stand_in.alive()) == 2


def test_down_stops_what_a_killed_supervisor_leaves(stand_in: Any, deploy_command: Any) -> None:
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    stand_in.signal(signal.SIGKILL)
    stand_in.exit_status()
    assert deploy_command("down").returncode == 0
    assert stand_in.alive() == []


def test_down_stops_a_running_stack(stand_in: Any, deploy_command: Any) -> None:
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    assert deploy_command("down").returncode == 0
    assert stand_in.exit_status() == 0
    assert stand_in.alive() == []


def test_a_second_start_on_the_same_data_is_refused_and_harms_nothing(stand_in: Any, deploy_command: Any) -> None:
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    before = {record.pid for record in stand_in.records.values()}
    refused = deploy_command("up")
    assert refused.returncode == 1
    assert refused.stderr.startswith("ALREADY_RUNNING: ")
    assert len(refused.stderr.splitlines()) == 1
    assert {record.pid for record in stand_in.records.values()} == before
    assert len(stand_in.alive()) == 2


def test_status_shows_health_ports_and_memory_of_each_part(stand_in: Any, deploy_command: Any) -> None:
    assert deploy_command("status").stderr.startswith("NOT_RUNNING: ")
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    shown = deploy_command("status")
    assert shown.returncode == 0, shown.stderr
    rows = {line.split()[0]: line.split() for line in shown.stdout.splitlines()}
    for name in ("back", "front"):
        record = stand_in.records[name]
        assert rows[name][1:4] == ["healthy", str(record.pid), "0"]
        assert float(rows[name][4]) > 1
        assert rows[name][5:] == [str(port) for port in record.ports]
    assert "supervisor" in rows
    assert "whole stack" in shown.stdout


def test_status_tells_a_hung_part_from_a_healthy_one(stand_in: Any, deploy_command: Any) -> None:
    stand_in.start(TWO_SERVERS)
    stand_in.until_healthy()
    os.kill(stand_in.records["front"].pid, signal.SIGSTOP)
    shown = deploy_command("status")
    os.kill(stand_in.records["front"].pid, signal.SIGCONT)
    assert shown.returncode == 1
    rows = {line.split()[0]: line.split() for line in shown.stdout.splitlines()}
    assert rows["front"][1] == "unhealthy"
    assert rows["back"][1] == "healthy"


def test_a_busy_fixed_port_is_named_with_the_variable_that_moves_it(stand_in: Any) -> None:
    occupant = "import socket, time; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); print(s.getsockname()[1], flush=True); time.sleep(600)"
    with subprocess.Popen((sys.executable, "-c", occupant), stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        port = int(other.stdout.readline())
        stand_in.start(f"""
            stack = Stack(programs=(server("back"),), jobs=())
            ports = (PortClaim("gateway", "GATEWAY_PORT", {port}),)
        """)
        assert stand_in.exit_status() == 1
        other.kill()
    [line] = stand_in.text.splitlines()
    assert line.startswith(f"PORT_BUSY: port {port} for gateway is taken by python")
    assert line.endswith(f"(process {other.pid}): free it, or choose another with GATEWAY_PORT")
    assert stand_in.alive() == []


def test_on_a_terminal_progress_is_a_bar_and_ctrl_c_stops_everything(stand_in: Any) -> None:
    stand_in.start_on_terminal("""
        load = "import time\\nfor done in range(1, 6): print('progress rows', done, 5, flush=True); time.sleep(0.2)"
        stack = Stack(programs=(server("back", after=("load",)),), jobs=(job("load", load, shows_progress=True),))
    """)
    stand_in.until_healthy()
    stand_in.type("\x03")
    assert stand_in.exit_status() == 0
    assert stand_in.alive() == []
    assert "\x1b[" in stand_in.text
    assert "Loading the demo catalogue" in stand_in.text
    assert "load rows 5/5" in stand_in.text
    assert stand_in.text.rstrip().endswith("stopped")
