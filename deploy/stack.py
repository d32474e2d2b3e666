"""The process table: every program and job of a stack, what it is given and what it waits for.

``compose.yaml`` holds the same table for containers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import schema
from deploy.data_folder import DataFolder
from deploy.engines import Engines
from deploy.engines.probes import probe_http
from deploy.program import Job, Program
from deploy.secrets import jwt_private_key_file
from deploy.settings import DOMAINS, StackSettings

CHECKOUT = Path(__file__).parent.parent
SUPERGRAPH = Path(schema.__file__ or "").parent / "supergraph.graphql"
GATEWAY_CONFIG = Path(__file__).parent / "gateway.yaml"

_NEEDS = {
    "products": ("postgres", "redis", "typesense"),
    "inventory": ("postgres", "redis"),
    "orders": ("postgres", "redis"),
    "users": ("postgres", "redis"),
    "reviews": ("postgres", "redis"),
}
"""Engines without which a subgraph's API cannot work; its worker needs the event bus too."""


@dataclass(frozen=True, slots=True)
class PortClaim:
    """A fixed port of the stack and the variable that moves it."""

    program: str
    variable: str
    port: int


@dataclass(frozen=True, slots=True)
class Stack:
    """All that the supervisor carries out; ``urls`` are shown once everything is healthy, by label."""

    programs: tuple[Program, ...]
    jobs: tuple[Job, ...]
    ports: tuple[PortClaim, ...] = ()
    urls: tuple[tuple[str, str], ...] = ()


def port_claims(settings: StackSettings) -> tuple[PortClaim, ...]:
    """The ports that must be free before anything is started."""
    subgraphs = (PortClaim(domain, f"{domain.upper()}_PORT", settings.port_of(domain)) for domain in DOMAINS)
    return (PortClaim("gateway", "GATEWAY_PORT", settings.gateway_port), *subgraphs)


def describe_stack(settings: StackSettings, folder: DataFolder, engines: Engines, seeds: tuple[Job, ...]) -> Stack:
    """The whole stack; ``seeds`` are the jobs that load demo data, none when it is there already."""
    environment = stack_environment(settings, folder, engines)
    subgraphs: list[Program] = []
    for domain in DOMAINS:
        subgraphs += _subgraph(domain, settings, engines, _domain_environment(domain, environment, folder), seeds)
    return Stack(
        programs=(*engines.programs, *subgraphs, _gateway(settings, environment)),
        jobs=(*migrations(engines, environment, folder), *seeds),
        ports=port_claims(settings),
        urls=(
            ("GraphQL endpoint and playground", f"http://127.0.0.1:{settings.gateway_port}/"),
            *((f"subgraph {domain}", _subgraph_url(domain, settings)) for domain in DOMAINS),
        ),
    )


def migrations(engines: Engines, environment: Mapping[str, str], folder: DataFolder) -> tuple[Job, ...]:
    """One job per subgraph; each creates its database if there is none."""
    return tuple(
        Job(
            name=f"migrate-{domain}",
            argv=_module(f"subgraphs.{domain}", "migrate"),
            folder=CHECKOUT,
            environment=_domain_environment(domain, environment, folder),
            after=engines.names("postgres"),
        )
        for domain in DOMAINS
    )


def seed_jobs(
    engines: Engines, environment: Mapping[str, str], folder: DataFolder, size: int, *, reset: bool = False
) -> tuple[Job, ...]:
    """One job per subgraph: each loads its own share of the demo data from ids that all can derive."""
    arguments = ("seed", "--size", str(size), *(("--reset",) if reset else ()))
    return tuple(
        Job(
            name=f"seed-{domain}",
            argv=_module(f"subgraphs.{domain}", *arguments),
            folder=CHECKOUT,
            environment=_domain_environment(domain, environment, folder),
            after=(f"migrate-{domain}", *engines.names(*_NEEDS[domain])),
            shows_progress=True,
        )
        for domain in DOMAINS
    )


def stack_environment(settings: StackSettings, folder: DataFolder, engines: Engines) -> dict[str, str]:
    """What every process of the stack is given on top of the operator's own environment."""
    decided = {
        "DATABASE_URL": engines.database_url,
        "REDIS_URL": engines.redis_url,
        "TYPESENSE_URL": engines.typesense_url,
        "TYPESENSE_API_KEY": engines.typesense_api_key,
        "AMQP_URL": engines.amqp_url,
        "AGORA_KEY_PREFIX": settings.agora_key_prefix,
        "AGORA_GATEWAY_SECRET": folder.secret("gateway-secret"),
        "MEDIA_BASE_URL": f"http://127.0.0.1:{settings.products_port}/media",
        "PYTHONUNBUFFERED": "1",
    }
    for domain in DOMAINS:
        decided[f"{domain.upper()}_URL"] = _subgraph_url(domain, settings)
        decided[f"{domain.upper()}_PORT"] = str(settings.port_of(domain))
    inherited = {name: value for name, value in os.environ.items() if name not in decided}
    return inherited | {name: value for name, value in decided.items() if value is not None}


def _domain_environment(domain: str, environment: Mapping[str, str], folder: DataFolder) -> Mapping[str, str]:
    """Only the users subgraph can sign access tokens; all others verify them through its key set."""
    if domain != "users":
        return environment
    return {**environment, "AGORA_JWT_PRIVATE_KEY_FILE": str(jwt_private_key_file(folder))}


def _subgraph(
    domain: str, settings: StackSettings, engines: Engines, environment: Mapping[str, str], seeds: tuple[Job, ...]
) -> tuple[Program, Program]:
    port = settings.port_of(domain)
    seed = tuple(job.name for job in seeds if job.name == f"seed-{domain}")
    serve = Program(
        name=domain,
        group="subgraph",
        argv=_module(f"subgraphs.{domain}", "serve"),
        folder=CHECKOUT,
        environment=environment,
        health_url=f"http://127.0.0.1:{port}/readyz",
        probe=partial(probe_http, f"http://127.0.0.1:{port}/readyz"),
        after=(f"migrate-{domain}", *seed, *engines.names(*_NEEDS[domain])),
        ports=(port,),
    )
    worker = Program(
        name=f"{domain}-worker",
        group="subgraph",
        argv=_module(f"subgraphs.{domain}", "worker"),
        folder=CHECKOUT,
        environment=environment,
        after=(f"migrate-{domain}", *seed, *engines.names(*_NEEDS[domain], "rabbitmq")),
    )
    return serve, worker


def _gateway(settings: StackSettings, environment: Mapping[str, str]) -> Program:
    port = settings.gateway_port
    arguments = (
        *("--config", str(GATEWAY_CONFIG), "--supergraph", str(SUPERGRAPH)),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(settings.gateway_workers)),
    )
    subgraphs = {f"SUBGRAPH_{domain.upper()}_URL": _subgraph_url(domain, settings) for domain in DOMAINS}
    jwks = {"AGORA_JWKS_URL": f"http://127.0.0.1:{settings.port_of('users')}/.well-known/jwks.json"}
    return Program(
        name="gateway",
        group="gateway",
        argv=_module("gateway", "serve", *arguments),
        folder=CHECKOUT,
        environment={**environment, **subgraphs, **jwks},
        health_url=f"http://127.0.0.1:{port}/readyz",
        probe=partial(probe_http, f"http://127.0.0.1:{port}/readyz"),
        after=DOMAINS,
        ports=(port,),
    )


def _module(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def _subgraph_url(domain: str, settings: StackSettings) -> str:
    return f"http://127.0.0.1:{settings.port_of(domain)}/graphql"
