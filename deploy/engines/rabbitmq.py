"""RabbitMQ where the machine has one: our own node, with its own port mapper, in the data folder.

The distribution's wrapper refuses ordinary users, so the server's script is called directly. The port mapper
(epmd) is a program of the stack too: started by the node it would outlive it.
"""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path

from deploy.data_folder import DataFolder, write_private
from deploy.engines.probes import probe_amqp, probe_tcp
from deploy.errors import EngineMissing
from deploy.program import Program

_DEBIAN_SCRIPT = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
_VIRTUAL_HOST = "agora"
_ADMIN_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
"""Where the server is installed, though an ordinary user's PATH often lacks them."""


def prepare_rabbitmq(folder: DataFolder) -> tuple[tuple[Program, Program], str]:
    """The port mapper, the node, and the node's URL. Raises `EngineMissing`."""
    script, port_mapper = find_script(), find_port_mapper()
    base = folder.root / "rabbitmq"
    base.mkdir(exist_ok=True)
    port, epmd_port = folder.port("rabbitmq"), folder.port("rabbitmq-epmd")
    password = folder.secret("rabbitmq-password")
    url = f"amqp://agora:{password}@127.0.0.1:{port}/{_VIRTUAL_HOST}"
    environment = _environment(folder, base, epmd_port)
    mapper = Program(
        name="rabbitmq-epmd",
        group="engine",
        argv=(str(port_mapper), "-port", str(epmd_port), "-address", "127.0.0.1"),
        folder=base,
        environment=environment,
        probe=partial(probe_tcp, epmd_port),
        ports=(epmd_port,),
        own_log=True,
    )
    _configure(base, port, password)
    node = Program(
        name="rabbitmq",
        group="engine",
        argv=(str(script),),
        folder=base,
        environment=environment,
        probe=partial(probe_amqp, url),
        after=("rabbitmq-epmd",),
        ports=(port, int(environment["RABBITMQ_DIST_PORT"])),
        ready_within_s=120,
        grace_s=30,
        own_log=True,
    )
    return (mapper, node), url


def rabbitmq_is_installed() -> bool:
    """Whether this machine can run a node."""
    try:
        find_script()
        find_port_mapper()
    except EngineMissing:
        return False
    return True


def find_script() -> Path:
    """The script that starts a node as any user. Raises `EngineMissing`."""
    found = _which("rabbitmq-server")
    if found is None:
        raise EngineMissing("no rabbitmq-server is on PATH; name a broker with AMQP_URL")
    return _DEBIAN_SCRIPT if _DEBIAN_SCRIPT.is_file() else found.resolve()


def find_port_mapper() -> Path:
    """Erlang's ``epmd``. Raises `EngineMissing`."""
    found = _which("epmd")
    if found is None:
        raise EngineMissing("rabbitmq-server is on PATH but Erlang's epmd is not")
    return found


def _which(name: str) -> Path | None:
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *_ADMIN_FOLDERS))
    found = shutil.which(name, path=path)
    return None if found is None else Path(found)


def _configure(base: Path, port: int, password: str) -> None:
    settings = {
        "listeners.tcp.1": f"127.0.0.1:{port}",
        "default_user": "agora",
        "default_pass": password,
        "default_vhost": _VIRTUAL_HOST,
        "loopback_users.agora": "true",
        "vm_memory_high_watermark.absolute": "512MiB",
        "disk_free_limit.absolute": "50MB",
        "log.console": "true",
        "log.console.level": "warning",
        "log.file": "false",
    }
    write_private(base / "rabbitmq.conf", "".join(f"{name} = {value}\n" for name, value in settings.items()).encode())
    (base / "enabled_plugins").write_text("[].\n", "ascii")
    (base / "environment").write_text("", "ascii")


def _environment(folder: DataFolder, base: Path, epmd_port: int) -> dict[str, str]:
    cookie = base / ".erlang.cookie"
    if not cookie.exists():
        write_private(cookie, folder.secret("rabbitmq-cookie").encode())
        cookie.chmod(0o400)
    return {
        "PATH": os.pathsep.join((os.environ.get("PATH", os.defpath), *_ADMIN_FOLDERS)),
        "HOME": str(base),
        "LANG": "C.UTF-8",
        "ERL_EPMD_PORT": str(epmd_port),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": "agora@localhost",  # the data carries the name; the port mapper is ours, so none is taken
        "RABBITMQ_DIST_PORT": str(folder.port("rabbitmq-distribution")),
        "RABBITMQ_BASE": str(base),
        "RABBITMQ_MNESIA_BASE": str(base / "data"),
        "RABBITMQ_LOG_BASE": str(base / "log"),
        "RABBITMQ_PID_FILE": str(base / "node.pid"),
        "RABBITMQ_CONFIG_FILE": str(base / "rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE": str(base / "environment"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(base / "advanced.config"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(base / "enabled_plugins"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(base / "config"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none"
        ),
    }
