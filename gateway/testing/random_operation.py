"""Draws random valid operations over any schema: nesting, aliases, fragments, arguments, conditions, variables."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    OperationType,
    get_named_type,
    is_composite_type,
    parse,
    validate,
)

from gateway.testing.random_values import ValueDraft

MAX_DEPTH: Final = 5
MAX_ATTEMPTS: Final = 50
CONDITION: Final = GraphQLNonNull(GraphQLBoolean)
TEXT: Final = GraphQLNonNull(GraphQLString)
MUTATIONS: Final = 0.15  # the share of operations
SUBSCRIPTIONS: Final = 0.05
DEFERRING: Final = 0.2  # of the queries
DEFER: Final = re.compile(r" @defer(\([^)]*\))?")


@dataclass(frozen=True, slots=True)
class RandomOperation:
    """A valid document with values for its variables; ``deferring`` is the same with parts that may come later."""

    text: str
    variables: dict[str, Any]
    deferring: str | None = None

    @property
    def subscribes(self) -> bool:
        """Whether it is answered with events."""
        return self.text.startswith(str(OperationType.SUBSCRIPTION.value))


@dataclass(slots=True)
class _Draft:
    rng: random.Random
    schema: GraphQLSchema
    values: ValueDraft
    defers: bool
    labels: int = 0
    fragments: list[str] = field(default_factory=list)


def draw_operation(seed: int, schema: GraphQLSchema, *, subscribes: bool = False) -> RandomOperation:
    """A valid query or mutation, or subscription if they may be drawn.

    Drawings that happen to be invalid (aliases in conflict) are drawn again.
    """
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    for _ in range(MAX_ATTEMPTS):
        kind = _kind(rng, schema, subscribes=subscribes)
        root = schema.get_root_type(kind)
        assert root is not None
        draft = _Draft(rng, schema, ValueDraft(rng), defers=kind is OperationType.QUERY and rng.random() < DEFERRING)
        is_single = kind is OperationType.SUBSCRIPTION
        body = f"{{ {_field(draft, root, MAX_DEPTH)} }}" if is_single else _selections(draft, root, MAX_DEPTH)
        definitions = ", ".join(f"${name}: {each.definition}" for name, each in draft.values.variables.items())
        head = f"{kind.value} Q({definitions})" if definitions else f"{kind.value} Q"
        operation = without_defer("\n".join([f"{head} {body}", *draft.fragments]), draft.values.sent)
        if not validate(schema, parse(operation.text)):
            return operation
    return RandomOperation("{ __typename }", {})


def _kind(rng: random.Random, schema: GraphQLSchema, *, subscribes: bool) -> OperationType:
    if schema.mutation_type is not None and rng.random() < MUTATIONS:
        return OperationType.MUTATION
    if subscribes and schema.subscription_type is not None and rng.random() < SUBSCRIPTIONS:
        return OperationType.SUBSCRIPTION
    return OperationType.QUERY


def without_defer(text: str, variables: dict[str, Any]) -> RandomOperation:
    """The operation of a text in which fragments may be deferred."""
    plain = DEFER.sub("", text)
    return RandomOperation(plain, variables, text if text != plain else None)


def _selections(draft: _Draft, kind: GraphQLNamedType, depth: int) -> str:
    if depth == 0:
        return "{ __typename }"
    chosen: list[str] = []
    for _ in range(draft.rng.randint(1, 5)):
        roll = draft.rng.random()
        if roll < 0.12:
            chosen.append(_alias(draft, kind) + "__typename" + _condition(draft))
        elif roll < 0.15 and kind is draft.schema.query_type:
            chosen.append(_introspection(draft))
        elif roll < 0.3:
            chosen.append(_fragment(draft, kind, depth - 1))
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            chosen.append(_field(draft, kind, depth))
        else:
            chosen.append(_fragment(draft, kind, depth - 1))
    return "{ " + " ".join(chosen) + " }"


def _field(draft: _Draft, kind: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
    fields = {name: each for name, each in kind.fields.items() if depth > 1 or not _is_composite(each)}
    if not fields:
        return "__typename"
    name: str = draft.rng.choice(list(fields))
    definition = fields[name]
    selections = ""
    named = get_named_type(definition.type)
    if is_composite_type(named):
        selections = " " + _selections(draft, named, depth - 1)
    return _alias(draft, kind) + name + draft.values.arguments(definition.args) + _condition(draft) + selections


def _introspection(draft: _Draft) -> str:
    """What the gateway answers itself; what it says is the same in every order of the schema's members."""
    name = draft.rng.choice((*(each for each in draft.schema.type_map if not each.startswith("__")), "Missing"))
    given = f'"{name}"' if draft.rng.random() < 0.7 else draft.values.literal(TEXT)
    asked = draft.rng.choice((f"__type(name: {given}) {{ kind name }}", "__schema { queryType { name __typename } }"))
    return _alias(draft, draft.schema.type_map["Query"]) + asked.replace(" {", _condition(draft) + " {", 1)


def _defer(draft: _Draft) -> str:
    if not draft.defers or draft.rng.random() < 0.5:
        return ""
    draft.labels += 1
    given = draft.rng.choice(("", "", "(if: true)", "(if: false)", f'(label: "part {draft.labels}")'))
    return f" @defer{given}"


def _is_composite(definition: GraphQLField) -> bool:
    return is_composite_type(get_named_type(definition.type))


def _fragment(draft: _Draft, kind: GraphQLNamedType, depth: int) -> str:
    target = draft.rng.choice(_narrower(draft.schema, kind))
    body = _selections(draft, target, depth)
    condition = _condition(draft) + _defer(draft)
    if draft.rng.random() < 0.35:
        name = f"F{len(draft.fragments)}"
        draft.fragments.append(f"fragment {name} on {target.name} {body}")
        return f"...{name}{condition}"
    if target is kind and draft.rng.random() < 0.3:
        return f"...{condition} {body}"
    return f"... on {target.name}{condition} {body}"


def _narrower(schema: GraphQLSchema, kind: GraphQLNamedType) -> Sequence[GraphQLNamedType]:
    """Types that a fragment inside ``kind`` may name: itself, its object types, and abstract types that overlap."""
    own = set(_object_types(schema, kind))
    overlapping = [
        other
        for other in schema.type_map.values()
        if isinstance(other, GraphQLInterfaceType | GraphQLUnionType | GraphQLObjectType)
        and not other.name.startswith("__")
        and own.intersection(_object_types(schema, other))
    ]
    return [kind, *overlapping]


def _object_types(schema: GraphQLSchema, kind: GraphQLNamedType) -> list[str]:
    if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
        return [each.name for each in schema.get_possible_types(kind)]
    return [kind.name]


def _alias(draft: _Draft, kind: GraphQLNamedType) -> str:
    """None, most of the time; one of a few; or the name of another field of the type, keys included."""
    roll = draft.rng.random()
    if roll < 0.05:
        return f"{draft.rng.choice(('id', 'code', 'meta', *getattr(kind, 'fields', ())))}: "
    return f"x{draft.rng.randrange(6)}: " if roll < 0.2 else ""


def _condition(draft: _Draft) -> str:
    if draft.rng.random() > 0.12:
        return ""
    directive = draft.rng.choice(("skip", "include"))
    if draft.rng.random() < 0.2:
        return f" @{directive}(if: {draft.rng.choice(('true', 'false'))})"
    return f" @{directive}(if: ${draft.values.variable(CONDITION)})"
