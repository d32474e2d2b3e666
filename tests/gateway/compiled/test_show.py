"""What ``python -m gateway plan --stage compiled-plan`` shows."""

from typing import Annotated, Any, Literal

import msgspec
import pytest

from gateway.compiled.show import compiled_source
from gateway.composition.compose import compose
from gateway.composition.elements import SubgraphSource
from gateway.operation.limits import OperationLimits
from gateway.operation.normalize import normalize_operation
from gateway.operation.parse import parse_document
from gateway.planner import Planner
from gateway.supergraph.load import load_supergraph

FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])'
SUBGRAPHS = {
    "a": f"{FEDERATION} type Query {{ thing: Thing other: Representation }} "
    'type Thing @key(fields: "id") { id: ID! name: String tags: [[String]] } type Representation @key(fields: "id") { id: ID! }',
    "b": f'{FEDERATION} type Thing @key(fields: "id") {{ id: ID! size: Int }} '
    'type Representation @key(fields: "id") { id: ID! size: Int }',
    "c": f'{FEDERATION} type Representation @key(fields: "id") {{ id: ID! weight: Int }}',
}


@pytest.fixture(scope="module")
def source_of():
    sources = [SubgraphSource(name, f"http://{name}/", sdl) for name, sdl in SUBGRAPHS.items()]
    supergraph = load_supergraph(compose(sources).supergraph.text)

    def show(text: str) -> str:
        document = parse_document(text, OperationLimits())
        operation = normalize_operation(document, None, supergraph.api_schema)
        return compiled_source(supergraph, operation, Planner(supergraph).plan(operation))

    return show


def test_the_source_is_python_with_the_steps_of_the_plan(source_of):
    source = source_of("{ thing { size name } }")
    compile(source, "shown", "exec")
    assert "# fetch 1: thing from 'b'" in source
    assert source.index("size:") < source.index("name:") < source.index("id:")


def test_conditional_fields_are_shown_as_taken(source_of):
    source = source_of("query($a: Boolean!, $b: Boolean!) { thing { size @include(if: $a) name @skip(if: $b) } }")
    assert "size:" in source
    assert "name:" in source


def test_a_plan_for_the_general_path_says_why(source_of):
    assert source_of("{ __schema { queryType { name } } }").endswith("the general path serves it: introspection")


def test_no_type_has_the_name_of_what_is_made_for_the_plan(source_of):
    source = source_of("{ other { size weight } thing { size name } }")
    names = [line.removeprefix("class ").partition("(")[0] for line in source.splitlines() if line.startswith("class ")]
    assert any("Representation" in name for name in names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "alias", ["list", "str", "int", "Any", "Literal", "UNSET", "UnsetType", "Raw", "T2_Thing", "None"]
)
def test_members_that_are_called_like_what_classes_are_made_of(source_of, alias):
    source = source_of(f"{{ thing {{ {alias}: size n: name again: id all: tags kind: __typename }} }}")
    assert "f_" + alias in source
    names = {name: getattr(msgspec, name) for name in ("Raw", "Struct", "UNSET", "UnsetType")}
    exec(source, {"Any": Any, "Annotated": Annotated, "Literal": Literal, "Int32": int, **names})
