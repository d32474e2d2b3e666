"""What a reader wants to know of compiled plans: when they serve, when they hand over, and that nothing is sent twice."""

import asyncio
import json
import linecache

import pytest

from gateway.compiled import CompilerOptions
from gateway.compiled.kept_forms import KeptForms
from gateway.composition.compose import compose
from gateway.composition.elements import SubgraphSource
from gateway.executor.transport import SubgraphResponse, TransportError, TransportErrorKind

AT_ONCE = CompilerOptions(uses_before=0)
URL = "http://{}.test/graphql"
FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])'
SHOP = {
    "shop": f"""{FEDERATION}
        type Query {{ products: [Product!]! found: [Found] product: Product grid: [[Product]] }}
        type Mutation {{ buy(upc: ID!): Product }}
        union Found = Product | Page
        type Page {{ title: String! }}
        type Product @key(fields: "upc") {{ upc: ID! name: String! price: Float colour: Colour meta: Json count: Int }}
        enum Colour {{ RED BLUE }}
        scalar Json""",
    "stock": f"""{FEDERATION}
        type Product @key(fields: "upc") {{ upc: ID! left: Int! warehouse: Warehouse }}
        type Warehouse {{ city: String! }}
        type Mutation {{ restock(upc: ID!): Int! }}""",
}


class ScriptedTransport:
    """Answers from a script: for each subgraph a list of answers, the last one again and again."""

    def __init__(self, **answers) -> None:
        self._answers = {URL.format(name): list(values) for name, values in answers.items()}
        self.sent = []

    async def send(self, request):
        self.sent.append((request.url.split("//")[1].split(".")[0], json.loads(request.body)))
        answers = self._answers[request.url]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, TransportError):
            raise answer
        return SubgraphResponse(200, (), answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    async def close(self) -> None:
        pass


@pytest.fixture
def shop(engine_for):
    """``shop(**answers)``: an engine that compiles at once, on a scripted transport."""
    sdl = compose([SubgraphSource(name, URL.format(name), text) for name, text in SHOP.items()]).supergraph.text

    def make(compiler=AT_ONCE, **answers):
        transport = ScriptedTransport(**answers)
        return engine_for(sdl, transport, compiler), transport

    return make


def product(upc: str, **values):
    return {"__typename": "Product", "upc": upc, "name": f"product {upc}", **values}


def entities(*values):
    return {"data": {"_entities": list(values)}}


async def test_the_answer_has_the_order_of_the_query_and_no_keys(shop, execute, compiled_forms):
    engine, transport = shop(
        shop=[{"data": {"products": [product("1"), product("2"), product("1")]}}],
        stock=[entities({"left": 3}, {"left": 0})],
    )
    answer = await execute(engine, "{ products { left name } }")
    assert answer == (
        '{"data":{"products":[{"left":3,"name":"product 1"},{"left":0,"name":"product 2"},'
        '{"left":3,"name":"product 1"}]}}'
    )
    assert len(transport.sent) == 2
    assert transport.sent[1][1]["variables"]["representations"] == [
        {"__typename": "Product", "upc": "1"},
        {"__typename": "Product", "upc": "2"},
    ]
    assert len(compiled_forms(engine)) == 1


async def test_a_null_where_it_may_stand_stays_on_the_compiled_path(shop, execute, handed_over):
    engine, _ = shop(shop=[{"data": {"product": None}}], stock=[entities(None)])
    assert await execute(engine, "{ product { name warehouse { city } } }") == '{"data":{"product":null}}'
    engine, _ = shop(shop=[{"data": {"product": product("1")}}], stock=[entities(None)])
    answer = await execute(engine, "{ product { name warehouse { city } } }")
    assert answer == '{"data":{"product":{"name":"product 1","warehouse":null}}}'
    assert handed_over == []


@pytest.mark.parametrize(
    "stock",
    [
        entities(None),
        entities({"left": None}),
        entities({"left": "many"}),
        entities({}),
        entities(),
        entities({"left": 1}, {"left": 2}),
        {"data": None, "errors": [{"message": "no"}]},
        {**entities({"left": 1}), "errors": [{"message": "no", "path": ["_entities", 0, "left"]}]},
        b"<html>",
        b'{"data":{"_entities":[{"left":1',
        TransportError(TransportErrorKind.CLOSED, "gone"),
    ],
)
async def test_whatever_is_unusual_is_handed_over_without_asking_again(shop, execute, handed_over, stock):
    engine, transport = shop(shop=[{"data": {"product": product("1")}}], stock=[stock])
    answer = json.loads(await execute(engine, "{ product { name left } }"))
    general, general_transport = shop(
        CompilerOptions(uses_before=1_000), shop=[{"data": {"product": product("1")}}], stock=[stock]
    )
    assert answer == json.loads(await execute(general, "{ product { name left } }"))
    assert len(handed_over) == 1
    assert transport.sent == general_transport.sent
    assert len(transport.sent) == 2


async def test_a_mutation_is_never_sent_again(shop, execute, handed_over):
    engine, transport = shop(
        shop=[{"data": {"first": product("1")}}, {"data": {"second": product("2")}}],
        stock=[entities(None), {"data": {"restock": 7}, "errors": [{"message": "slow", "path": ["restock"]}]}],
    )
    text = (
        'mutation { first: buy(upc: "1") { name warehouse { city } } restock(upc: "1") second: buy(upc: "2") { name } }'
    )
    answer = json.loads(await execute(engine, text))
    assert len(handed_over) == 1
    assert answer["data"]["second"] == {"name": "product 2"}
    assert answer["errors"]
    mutations = [body["query"] for _, body in transport.sent if body["query"].startswith("mutation")]
    assert len(mutations) == 3
    assert len(mutations) == len(set(mutations))


async def test_an_entity_at_several_places_is_asked_for_once(shop, execute, handed_over):
    engine, transport = shop(
        shop=[{"data": {"products": [product("1"), product("2")], "product": product("2")}}],
        stock=[entities({"left": 3, "warehouse": {"city": "Ghent"}}, {"left": 4, "warehouse": None})],
    )
    answer = await execute(engine, "{ products { left warehouse { city } } product { left warehouse { city } } }")
    assert json.loads(answer)["data"] == {
        "products": [{"left": 3, "warehouse": {"city": "Ghent"}}, {"left": 4, "warehouse": None}],
        "product": {"left": 4, "warehouse": None},
    }
    assert [each["upc"] for each in transport.sent[1][1]["variables"]["representations"]] == ["1", "2"]
    assert len(transport.sent) == 2
    assert handed_over == []


async def test_members_of_a_union_keep_their_own_fields(shop, execute, handed_over):
    found = [product("1"), None, {"__typename": "Page", "title": "Help"}]
    engine, _ = shop(shop=[{"data": {"found": found}}], stock=[entities({"left": 5})])
    text = "{ found { ... on Product { left kind: __typename } ... on Page { __typename title } } }"
    answer = await execute(engine, text)
    assert answer == '{"data":{"found":[{"left":5,"kind":"Product"},null,{"__typename":"Page","title":"Help"}]}}'
    assert handed_over == []


async def test_lists_of_lists(shop, execute, handed_over):
    engine, _ = shop(
        shop=[{"data": {"grid": [[product("1"), None], None, [], [product("2"), product("1")]]}}],
        stock=[entities({"left": 1}, {"left": 2})],
    )
    answer = await execute(engine, "{ grid { left } }")
    assert answer == '{"data":{"grid":[[{"left":1},null],null,[],[{"left":2},{"left":1}]]}}'
    assert handed_over == []


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("price", 1, "1"),
        ("price", 1.5, "1.5"),
        ("colour", "RED", '"RED"'),
        ("meta", {"a": [1, None]}, '{"a":[1,null]}'),
        ("count", 2147483647, "2147483647"),
    ],
)
async def test_scalars_pass_as_they_are(shop, execute, handed_over, field, value, shown):
    engine, _ = shop(shop=[{"data": {"product": {"__typename": "Product", field: value}}}], stock=[entities()])
    assert await execute(engine, f"{{ product {{ {field} }} }}") == f'{{"data":{{"product":{{"{field}":{shown}}}}}}}'
    assert handed_over == []


@pytest.mark.parametrize(("field", "value"), [("colour", "GREEN"), ("count", 2147483648), ("count", "1"), ("name", 1)])
async def test_values_of_another_type_are_left_to_result_coercion(shop, execute, handed_over, field, value):
    engine, _ = shop(shop=[{"data": {"product": {"__typename": "Product", field: value}}}], stock=[entities()])
    assert json.loads(await execute(engine, f"{{ product {{ {field} }} }}"))["errors"]
    assert len(handed_over) == 1


async def test_each_state_of_the_conditions_has_a_form_of_its_own(shop, execute, compiled_forms):
    engine, _ = shop(shop=[{"data": {"product": product("1")}}], stock=[entities({"left": 1})])
    text = "query($more: Boolean!) { product { name left @include(if: $more) } }"
    assert await execute(engine, text, {"more": True}) == '{"data":{"product":{"name":"product 1","left":1}}}'
    assert await execute(engine, text, {"more": False}) == '{"data":{"product":{"name":"product 1"}}}'
    assert len(compiled_forms(engine)) == 2


async def test_the_general_path_serves_until_a_plan_is_worth_compiling(shop, execute, compiled_forms):
    engine, _ = shop(CompilerOptions(uses_before=2), shop=[{"data": {"product": product("1")}}], stock=[entities()])
    forms = []
    for _ in range(3):
        await execute(engine, "{ product { name } }")
        forms.append(len(compiled_forms(engine)))
    assert forms == [0, 0, 1]


async def test_forms_used_least_go_back_to_the_general_path_when_there_are_too_many(shop, execute, compiled_forms):
    options = CompilerOptions(uses_before=0, kept=KeptForms(max_source_characters=2_500))
    engine, _ = shop(options, shop=[{"data": {"product": product("1")}}], stock=[entities()])
    for number in range(10):
        assert "product 1" in await execute(engine, f"{{ product {{ x{number}: __typename name }} }}")
    assert 1 <= len(compiled_forms(engine)) < 5
    assert "product 1" in await execute(engine, "{ product { x0: __typename name } }")


async def test_compiling_beside_the_requests_ends_in_the_same_form(shop, execute, executor, compiled_forms):
    options = CompilerOptions(uses_before=0, executor=executor)
    engine, _ = shop(options, shop=[{"data": {"product": product("1")}}], stock=[entities()])
    first = await execute(engine, "{ product { name } }")
    # The executor has one thread: what is submitted now runs after the compilation, and its end is told after its end.
    await asyncio.get_running_loop().run_in_executor(executor, int)
    assert len(compiled_forms(engine)) == 1
    assert await execute(engine, "{ product { name } }") == first


async def test_a_fault_of_generated_code_costs_no_answer(shop, execute, handed_over, caplog, compiled_forms):
    engine, _ = shop(shop=[{"data": {"product": product("1")}}], stock=[entities()])
    first = await execute(engine, "{ product { name } }")
    (form,) = compiled_forms(engine)

    def broken(_run, _body):
        raise KeyError("broken")

    form.merge = (broken,)
    assert await execute(engine, "{ product { name } }") == first
    assert "the general path goes on" in caplog.text


async def test_the_source_is_kept_for_tracebacks_as_long_as_the_plan_lives(shop, execute, compiled_forms):
    engine, _ = shop(shop=[{"data": {"product": product("1")}}], stock=[entities()])
    await execute(engine, "{ product { name } }")
    (form,) = compiled_forms(engine)
    name = form.module.name
    assert "class Run:" in "".join(linecache.getlines(name))
    assert "class Run:" in form.module.source
