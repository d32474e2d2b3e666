"""Where the engines of a stack are: those that a URL names, and our own for the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from deploy.data_folder import DataFolder
from deploy.engines.postgres import prepare_postgres
from deploy.engines.probes import probe_amqp, probe_postgres, probe_redis, probe_typesense
from deploy.engines.rabbitmq import prepare_rabbitmq, rabbitmq_is_installed
from deploy.engines.redis import prepare_redis
from deploy.engines.typesense import prepare_typesense
from deploy.errors import EngineUnreachable
from deploy.program import NotReady, Probe, Program


@dataclass(frozen=True, slots=True)
class ExternalEngines:
    """URLs that the operator has set; None where the stack runs its own engine."""

    database_url: str | None = None
    redis_url: str | None = None
    typesense_url: str | None = None
    typesense_api_key: str | None = field(default=None, repr=False)
    amqp_url: str | None = None


@dataclass(frozen=True, slots=True)
class Engines:
    """The engines of one stack.

    ``database_url`` names a server, without a database; ``amqp_url`` is None where there is no broker and
    events travel through PostgreSQL. ``programs`` are the engines to start, ``external`` the probes of those
    that run elsewhere, by the name of the variable that gave the URL.
    """

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    typesense_url: str
    typesense_api_key: str = field(repr=False)
    amqp_url: str | None = field(repr=False)
    programs: tuple[Program, ...]
    external: dict[str, tuple[str, Probe]] = field(repr=False)

    def require_external(self) -> None:
        """Ask each external engine once. Raises `EngineUnreachable`, which shows no password."""
        for variable, (url, probe) in self.external.items():
            try:
                probe()
            except NotReady as reason:
                raise EngineUnreachable(
                    f"{variable} names {without_password(url)}, which cannot be used: {reason}"
                ) from reason

    def names(self, *needed: str) -> tuple[str, ...]:
        """Those of the needed engines that are programs of this stack."""
        ours = {program.name for program in self.programs}
        return tuple(name for name in needed if name in ours)


def prepare_engines(folder: DataFolder, given: ExternalEngines) -> Engines:
    """Decide for each engine whether it is ours, and prepare ours. Raises `EngineMissing`, `DataFolderCorrupt`."""
    programs: list[Program] = []
    external: dict[str, tuple[str, Probe]] = {}

    database_url = given.database_url
    if database_url is None:
        postgres, database_url = prepare_postgres(folder)
        programs.append(postgres)
    else:
        external["DATABASE_URL"] = (database_url, partial(probe_postgres, database_url))

    redis_url = given.redis_url
    if redis_url is None:
        redis, redis_url = prepare_redis(folder)
        programs.append(redis)
    else:
        external["REDIS_URL"] = (redis_url, partial(probe_redis, redis_url))

    typesense_url, api_key = given.typesense_url, given.typesense_api_key or ""
    if typesense_url is None:
        typesense, typesense_url, api_key = prepare_typesense(folder)
        programs.append(typesense)
    else:
        external["TYPESENSE_URL"] = (typesense_url, partial(probe_typesense, typesense_url, api_key))

    amqp_url = given.amqp_url
    if amqp_url is not None:
        external["AMQP_URL"] = (amqp_url, partial(probe_amqp, amqp_url))
    elif rabbitmq_is_installed():
        broker, amqp_url = prepare_rabbitmq(folder)
        programs.extend(broker)

    return Engines(database_url, redis_url, typesense_url, api_key, amqp_url, tuple(programs), external)


def without_password(url: str) -> str:
    """The URL as it may be printed."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    user = parts.username
    return parts._replace(netloc=f"{user}@{host}" if user else host).geturl()
