"""Compiled or not, the answer is the same, and so are the calls: on random worlds, also where subgraphs misbehave."""

import pytest

from gateway.composition.compose import compose
from gateway.composition.elements import SubgraphSource
from gateway.testing.monolith import Monolith
from gateway.testing.random_operation import draw_operation
from gateway.testing.random_world import draw_world
from gateway.testing.world_sdl import subgraph_sdl
from gateway.testing.world_transport import URL, WorldTransport

OPERATIONS = 5


@pytest.mark.parametrize("share", [0.0, 0.15, 0.5])
@pytest.mark.parametrize("seed", range(8))
async def test_compiled_plans_answer_as_the_general_path_does(two_gateways, seed, share):
    world = draw_world(seed)
    sources = [SubgraphSource(name, URL.format(name), subgraph_sdl(world, name)) for name in world.subgraphs]
    gateways = two_gateways(compose(sources).supergraph.text, WorldTransport(world), share=share)
    schema = Monolith(world).schema
    for number in range(OPERATIONS):
        operation = draw_operation(seed * 1_000 + number, schema)
        gateways.seed = seed * 1_000 + number
        assert await gateways.difference(operation.text, operation.variables) is None
