"""The choice among all changes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from graphql import DocumentNode, GraphQLSyntaxError, parse, print_ast

from gateway.testing.mutations import definitions, directives, inputs, members
from gateway.testing.mutations.edit import with_definitions
from gateway.testing.mutations.pieces import PIECES

Mutation: TypeAlias = Callable[[random.Random, DocumentNode], DocumentNode]

MUTATIONS: Final[tuple[Mutation, ...]] = (
    *(members.remove_field, members.remove_type, members.rename_field, members.change_type, members.wrap_in_list),
    *(members.change_nullability, members.change_input_nullability, members.change_input_type, members.describe),
    *(members.remove_enum_value, members.add_enum_value, members.remove_union_member, members.remove_interfaces),
    *(members.turn_into_interface, inputs.add_argument, inputs.add_input_field, inputs.remove_input),
    *(inputs.change_default, inputs.change_default, inputs.remove_default),
    *(directives.remove_directive, directives.remove_directive, directives.repeat_directive),
    *(directives.add_directive, directives.add_directive, directives.add_directive),
    *(directives.change_field_set, directives.change_argument, directives.change_argument),
    *(definitions.define_directive, definitions.remove_definition, definitions.add_link, definitions.change_imports),
    *(definitions.change_version, definitions.extend_type),
)


def mutate(rng: random.Random, sdl: str) -> str:
    """The SDL with one change; unchanged when the drawn change finds no place, or leaves no document."""
    changed = print_ast(rng.choice(MUTATIONS)(rng, parse(sdl, no_location=True)))
    return changed if _is_readable(changed) else sdl


def enrich(rng: random.Random, sdls: Mapping[str, str]) -> dict[str, str]:
    """The subgraphs, by name, with pieces of schema in versions of each subgraph's own, one of them the first.

    All of them import the whole of the newest federation.
    """
    documents = {name: definitions.link_newest(parse(sdl, no_location=True)) for name, sdl in sdls.items()}
    for piece in rng.sample(PIECES, rng.randint(1, 4)):
        first, *others = rng.sample(sorted(documents), rng.randint(1, len(documents)))
        documents[first] = with_definitions(documents[first], piece[0])
        for name in others:
            documents[name] = with_definitions(documents[name], rng.choice(piece))
    return {name: print_ast(document) for name, document in documents.items()}


def downgrade(rng: random.Random, sdl: str) -> str:
    """The subgraph as it was before federation v2."""
    return print_ast(definitions.as_federation_1(rng, parse(sdl, no_location=True)))


def _is_readable(sdl: str) -> bool:
    try:
        parse(sdl, no_location=True)
    except GraphQLSyntaxError:
        return False
    return True
