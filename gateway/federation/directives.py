"""The directives that federation and its sister specs define, version by version.

One table: what a directive is called, which arguments it takes, where it may stand, and since (until) which version
of federation. Loading supplies definitions from here where a subgraph leaves them out, and checks those it gives.
Spec texts: https://specs.apollo.dev/ and https://www.apollographql.com/docs/federation/federated-schemas/reference/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

Version = tuple[int, int]

FEDERATION_IDENTITY = "https://specs.apollo.dev/federation"
LINK_IDENTITY = "https://specs.apollo.dev/link"
CORE_IDENTITY = "https://specs.apollo.dev/core"
CONNECT_IDENTITY = "https://specs.apollo.dev/connect"
LINK_PURPOSES = ("EXECUTION", "SECURITY")

FEDERATION_VERSIONS: tuple[Version, ...] = tuple((2, minor) for minor in range(15))
NEWEST_FEDERATION: Version = FEDERATION_VERSIONS[-1]

_ALWAYS: Version = (2, 0)
_NEVER: Version = (99, 0)
_AUTH_LOCATIONS = "FIELD_DEFINITION OBJECT INTERFACE SCALAR ENUM"
_EVERYWHERE = (
    "FIELD_DEFINITION OBJECT INTERFACE UNION ARGUMENT_DEFINITION SCALAR ENUM ENUM_VALUE INPUT_OBJECT "
    "INPUT_FIELD_DEFINITION"
)


@dataclass(frozen=True, slots=True)
class ArgumentSpec:
    """An argument; ``type`` and ``default`` are GraphQL text. Types of federation itself bear no prefix."""

    name: str
    type: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class DirectiveSpec:
    """A directive as one version of a spec defines it, from ``since`` up to, not including, ``until``."""

    name: str
    arguments: tuple[ArgumentSpec, ...]
    locations: frozenset[str]
    repeatable: bool = False
    since: Version = _ALWAYS
    until: Version = _NEVER


def _directive(
    name: str,
    locations: str,
    *arguments: ArgumentSpec,
    repeatable: bool = False,
    since: Version = _ALWAYS,
    until: Version = _NEVER,
) -> DirectiveSpec:
    return DirectiveSpec(name, arguments, frozenset(locations.split()), repeatable, since, until)


_FIELDS = ArgumentSpec("fields", "FieldSet!")
_KEY = _directive("key", "OBJECT INTERFACE", _FIELDS, ArgumentSpec("resolvable", "Boolean", "true"), repeatable=True)
_REQUIRES = _directive("requires", "FIELD_DEFINITION", _FIELDS)
_PROVIDES = _directive("provides", "FIELD_DEFINITION", _FIELDS)
_EXTERNAL = _directive("external", "OBJECT FIELD_DEFINITION", ArgumentSpec("reason", "String"))
_EXTENDS = _directive("extends", "OBJECT INTERFACE")
_TAG_NAME = ArgumentSpec("name", "String!")
_TAG_BEFORE_SCHEMA = _directive("tag", _EVERYWHERE, _TAG_NAME, repeatable=True, until=(2, 3))
_FROM = ArgumentSpec("from", "String!")

_FEDERATION: tuple[DirectiveSpec, ...] = (
    _KEY,
    _REQUIRES,
    _PROVIDES,
    _EXTERNAL,
    _EXTENDS,
    _TAG_BEFORE_SCHEMA,
    _directive("tag", f"{_EVERYWHERE} SCHEMA", _TAG_NAME, repeatable=True, since=(2, 3)),
    _directive("shareable", "OBJECT FIELD_DEFINITION", until=(2, 2)),
    _directive("shareable", "OBJECT FIELD_DEFINITION", repeatable=True, since=(2, 2)),
    _directive("inaccessible", _EVERYWHERE),
    _directive("override", "FIELD_DEFINITION", _FROM, until=(2, 7)),
    _directive("override", "FIELD_DEFINITION", _FROM, ArgumentSpec("label", "String"), since=(2, 7)),
    _directive("composeDirective", "SCHEMA", ArgumentSpec("name", "String"), repeatable=True, since=(2, 1)),
    _directive("interfaceObject", "OBJECT", since=(2, 3)),
    _directive("authenticated", _AUTH_LOCATIONS, since=(2, 5)),
    _directive("requiresScopes", _AUTH_LOCATIONS, ArgumentSpec("scopes", "[[Scope!]!]!"), since=(2, 5)),
    _directive("policy", _AUTH_LOCATIONS, ArgumentSpec("policies", "[[Policy!]!]!"), since=(2, 6)),
    _directive("context", "INTERFACE OBJECT UNION", ArgumentSpec("name", "String!"), repeatable=True, since=(2, 8)),
    _directive("fromContext", "ARGUMENT_DEFINITION", ArgumentSpec("field", "ContextFieldValue"), since=(2, 8)),
    _directive(
        "cost",
        "ARGUMENT_DEFINITION ENUM FIELD_DEFINITION INPUT_FIELD_DEFINITION OBJECT SCALAR",
        ArgumentSpec("weight", "Int!"),
        since=(2, 9),
    ),
    _directive(
        "listSize",
        "FIELD_DEFINITION",
        ArgumentSpec("assumedSize", "Int"),
        ArgumentSpec("slicingArguments", "[String!]"),
        ArgumentSpec("sizedFields", "[String!]"),
        ArgumentSpec("requireOneSlicingArgument", "Boolean", "true"),
        since=(2, 9),
    ),
    _directive(
        "cacheTag", "OBJECT FIELD_DEFINITION", ArgumentSpec("format", "String!"), repeatable=True, since=(2, 12)
    ),
)

UPGRADED_FEDERATION: Version = (2, 4)
UPGRADED_DIRECTIVES: tuple[str, ...] = tuple(
    dict.fromkeys(spec.name for spec in _FEDERATION if spec.since <= UPGRADED_FEDERATION)
)
"""What the upgrade of a federation v1 subgraph links, and imports from there."""

_FEDERATION_1 = (_KEY, _REQUIRES, _PROVIDES, _EXTERNAL, _EXTENDS, _TAG_BEFORE_SCHEMA)

_SCALARS: tuple[tuple[str, Version], ...] = (
    ("FieldSet", _ALWAYS),
    ("Scope", (2, 5)),
    ("Policy", (2, 6)),
    ("ContextFieldValue", (2, 8)),
)

FEDERATION_1_DIRECTIVES: Mapping[str, DirectiveSpec] = {spec.name: spec for spec in _FEDERATION_1}

LINK_DIRECTIVE = _directive(
    "link",
    "SCHEMA",
    ArgumentSpec("url", "String"),
    ArgumentSpec("as", "String"),
    ArgumentSpec("for", "Purpose"),
    ArgumentSpec("import", "[Import]"),
    repeatable=True,
)
CORE_DIRECTIVE = _directive(
    "core",
    "SCHEMA",
    ArgumentSpec("feature", "String!"),
    ArgumentSpec("as", "String"),
    ArgumentSpec("for", "Purpose"),
    repeatable=True,
)


CONNECT_DIRECTIVES: Mapping[str, DirectiveSpec] = {
    "connect": _directive(
        "connect",
        "FIELD_DEFINITION OBJECT",
        ArgumentSpec("source", "String"),
        ArgumentSpec("id", "String"),
        ArgumentSpec("http", "ConnectHTTP"),
        ArgumentSpec("batch", "ConnectBatch"),
        ArgumentSpec("errors", "ConnectorErrors"),
        ArgumentSpec("selection", "JSONSelection!"),
        ArgumentSpec("entity", "Boolean", "false"),
        ArgumentSpec("isSuccess", "JSONSelection"),
        repeatable=True,
    ),
    "source": _directive(
        "source",
        "SCHEMA",
        ArgumentSpec("name", "String!"),
        ArgumentSpec("http", "SourceHTTP!"),
        ArgumentSpec("errors", "ConnectorErrors"),
        ArgumentSpec("isSuccess", "JSONSelection"),
        repeatable=True,
    ),
}
CONNECT_SCALARS = ("URLPathTemplate", "JSONSelection")

_CONNECT_COMMON = (
    ArgumentSpec("headers", "[HTTPHeaderMapping!]"),
    ArgumentSpec("path", "JSONSelection"),
    ArgumentSpec("queryParams", "JSONSelection"),
)
CONNECT_INPUTS: Mapping[str, tuple[ArgumentSpec, ...]] = {
    "ConnectorErrors": (ArgumentSpec("message", "JSONSelection"), ArgumentSpec("extensions", "JSONSelection")),
    "HTTPHeaderMapping": (
        ArgumentSpec("name", "String!"),
        ArgumentSpec("from", "String"),
        ArgumentSpec("value", "String"),
    ),
    "ConnectBatch": (ArgumentSpec("maxSize", "Int"),),
    "SourceHTTP": (ArgumentSpec("baseURL", "String!"), *_CONNECT_COMMON),
    "ConnectHTTP": (
        *(ArgumentSpec(method, "URLPathTemplate") for method in ("GET", "POST", "PUT", "PATCH", "DELETE")),
        ArgumentSpec("body", "JSONSelection"),
        *_CONNECT_COMMON,
    ),
}


@cache
def federation_directives(version: Version) -> Mapping[str, DirectiveSpec]:
    """The directives of a federation v2 version, by canonical name."""
    return {spec.name: spec for spec in _FEDERATION if spec.since <= version < spec.until}


@cache
def federation_scalars(version: Version) -> tuple[str, ...]:
    """The scalar types of a federation v2 version, by canonical name."""
    return tuple(name for name, since in _SCALARS if since <= version)


@dataclass(frozen=True, slots=True)
class SisterSpec:
    """A spec of its own whose directives federation also offers: ``@link`` to it gives the same directives."""

    identity: str
    directives: tuple[str, ...]
    versions: tuple[Version, ...]
    scalars: tuple[str, ...] = ()


_SISTERS = (
    SisterSpec("https://specs.apollo.dev/tag", ("tag",), ((0, 1), (0, 2), (0, 3))),
    SisterSpec("https://specs.apollo.dev/inaccessible", ("inaccessible",), ((0, 1), (0, 2))),
    SisterSpec("https://specs.apollo.dev/authenticated", ("authenticated",), ((0, 1),)),
    SisterSpec("https://specs.apollo.dev/requiresScopes", ("requiresScopes",), ((0, 1),), ("Scope",)),
    SisterSpec("https://specs.apollo.dev/policy", ("policy",), ((0, 1),), ("Policy",)),
    SisterSpec("https://specs.apollo.dev/context", ("context", "fromContext"), ((0, 1),), ("ContextFieldValue",)),
    SisterSpec("https://specs.apollo.dev/cost", ("cost", "listSize"), ((0, 1),)),
    SisterSpec("https://specs.apollo.dev/cacheTag", ("cacheTag",), ((0, 1),)),
)
SISTER_SPECS: Mapping[str, SisterSpec] = {spec.identity: spec for spec in _SISTERS}
