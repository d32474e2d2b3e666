"""Our composer beside the reference composers: same verdict, same API schema. Where those disagree, Apollo's counts."""

import random
from pathlib import Path

import pytest
from graphql import build_schema, lexicographic_sort_schema, print_schema

import schema
from gateway.composition.compose import compose
from gateway.composition.elements import SubgraphSource
from gateway.supergraph.load import load_supergraph
from gateway.testing.mutate import mutate
from gateway.testing.random_world import draw_world
from gateway.testing.world_sdl import subgraph_sdl

PUBLISHED = Path(schema.__file__).parent / "subgraphs"
WORLDS = 60
MUTATED_WORLDS = 150


def sources_of(sdls):
    return [{"name": name, "url": f"http://{name}.test/graphql", "sdl": sdl} for name, sdl in sdls.items()]


def drawn(seed):
    world = draw_world(seed)
    return {name: subgraph_sdl(world, name) for name in world.subgraphs}


def mutated(seed):
    rng = random.Random(seed)
    sdls = drawn(seed)
    for _ in range(rng.randint(1, 2)):
        name = rng.choice(sorted(sdls))
        sdls[name] = mutate(rng, sdls[name])
    return sdls


def ours(sdls):
    return compose([SubgraphSource(each["name"], each["url"], each["sdl"]) for each in sources_of(sdls)])


def api_text(api_schema):
    return print_schema(lexicographic_sort_schema(api_schema))


def assert_agreement(sdls, reference):
    result = ours(sdls)
    codes = {error.code.name for error in result.errors}
    assert bool(codes) == bool(reference["codes"]), (codes, reference["codes"], sdls)
    if codes:
        assert codes & set(reference["codes"]), (codes, reference["codes"], sdls)
    else:
        assert api_text(load_supergraph(result.supergraph.text).api_schema) == api_text(build_schema(reference["api"]))


@pytest.mark.parametrize("composer", ["apollo", "guild"])
def test_our_own_subgraphs(reference_composers, composer):
    sdls = {file.stem: file.read_text() for file in sorted(PUBLISHED.glob("*.graphql"))}
    assert len(sdls) == 5
    assert_agreement(sdls, reference_composers.ask({"subgraphs": sources_of(sdls)})[composer])


@pytest.mark.parametrize("seed", range(WORLDS))
def test_random_graphs(reference_composers, seed):
    sdls = drawn(seed)
    verdicts = reference_composers.ask({"subgraphs": sources_of(sdls)})
    assert_agreement(sdls, verdicts["apollo"])


# Slips on which Apollo's composer falls over its own assertions: that is no verdict.
WITHOUT_VERDICT = {3: "REQUIRES_INVALID_FIELDS", 85: "KEY_INVALID_FIELDS", 92: None}


@pytest.mark.parametrize("seed", range(MUTATED_WORLDS))
def test_random_slips(reference_composers, seed):
    sdls = mutated(seed)
    verdict = reference_composers.ask({"subgraphs": sources_of(sdls)})["apollo"]
    if seed in WITHOUT_VERDICT:
        assert verdict["codes"] == ["THROWN"]
        assert {error.code.name for error in ours(sdls).errors} == {WITHOUT_VERDICT[seed]} - {None}
    else:
        assert_agreement(sdls, verdict)
