"""Objects that several fetches fill stay on the compiled path, whichever fetch answers first."""

import asyncio
import json

import pytest

from gateway.compiled import CompilerOptions
from gateway.composition.compose import compose
from gateway.composition.elements import SubgraphSource
from gateway.executor.transport import SubgraphResponse

AT_ONCE = CompilerOptions(uses_before=0)
NEVER = CompilerOptions(uses_before=1_000)
FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])'
SUBGRAPHS = {
    "a": f"""{FEDERATION}
        type Query {{ viewer: Viewer @shareable }}
        type Viewer @shareable {{ name: String settings: Settings shelves: [Shelf!] }}
        type Settings @shareable {{ dark: Boolean }}
        type Shelf @shareable {{ label: String books: [Book] }}
        type Book @key(fields: "id") {{ id: ID! title: String }}""",
    "b": f"""{FEDERATION}
        type Query {{ viewer: Viewer @shareable }}
        type Viewer @shareable {{ age: Int settings: Settings shelves: [Shelf!] }}
        type Settings @shareable {{ size: Int }}
        type Shelf @shareable {{ place: Int lamp: Lamp }}
        type Lamp @key(fields: "id") {{ id: ID! }}
        type Book @key(fields: "id") {{ id: ID! pages: Int }}""",
    "c": f"""{FEDERATION}
        type Lamp @key(fields: "id") {{ id: ID! watts: Int }}""",
}
QUERY = """{ viewer { name age settings { dark size } shelves {
    label place lamp { watts } books { title pages } } } }"""
OF_A = {
    "name": "Ada",
    "settings": {"dark": True},
    "shelves": [
        {"label": "top", "books": [{"__typename": "Book", "id": "1", "title": "One"}, None]},
        {"label": "low", "books": []},
    ],
}
OF_B = {
    "age": 36,
    "settings": {"size": 12},
    "shelves": [{"place": 1, "lamp": {"__typename": "Lamp", "id": "l"}}, {"place": 2, "lamp": None}],
}
WHOLE = {
    "name": "Ada",
    "age": 36,
    "settings": {"dark": True, "size": 12},
    "shelves": [
        {"label": "top", "place": 1, "lamp": {"watts": 40}, "books": [{"title": "One", "pages": 100}, None]},
        {"label": "low", "place": 2, "lamp": None, "books": []},
    ],
}


class OrderedTransport:
    """Answers the root fields of ``last`` only after all that can be answered without them."""

    def __init__(self, viewers, last) -> None:
        self._viewers = viewers
        self._last = last
        self._other_answered = asyncio.Event()

    async def send(self, request):
        name = request.url.split("//")[1].split(".")[0]
        body = json.loads(request.body)
        if "_entities" in body["query"]:
            brought = {"Book": {"pages": 100}, "Lamp": {"watts": 40}}
            represented = body["variables"]["representations"]
            return self._response({"_entities": [brought[each["__typename"]] for each in represented]})
        if name == self._last:
            await self._other_answered.wait()
        else:
            self._other_answered.set()
        return self._response({"viewer": self._viewers[name]})

    @staticmethod
    def _response(data):
        return SubgraphResponse(200, (), json.dumps({"data": data}).encode())

    async def close(self) -> None:
        pass


@pytest.fixture
def engine_on(engine_for):
    url = "http://{}.test/graphql"
    sdl = compose([SubgraphSource(name, url.format(name), text) for name, text in SUBGRAPHS.items()]).supergraph.text

    def make(viewers, *, last="b", compiler=AT_ONCE):
        return engine_for(sdl, OrderedTransport(viewers, last), compiler)

    return make


@pytest.mark.parametrize("last", ["a", "b"])
async def test_whichever_part_comes_first(engine_on, execute, handed_over, compiled_forms, last):
    engine = engine_on({"a": OF_A, "b": OF_B}, last=last)

    answer = await execute(engine, QUERY)

    assert answer == json.dumps({"data": {"viewer": WHOLE}}, separators=(",", ":"))
    assert handed_over == []
    assert len(compiled_forms(engine)) == 1


async def test_an_object_that_no_fetch_finds_is_null(engine_on, execute, handed_over):
    engine = engine_on({"a": {**OF_A, "settings": None}, "b": {**OF_B, "settings": None}})

    answer = json.loads(await execute(engine, QUERY))

    assert answer == {"data": {"viewer": {**WHOLE, "settings": None}}}
    assert handed_over == []


@pytest.mark.parametrize("last", ["a", "b"])
@pytest.mark.parametrize(
    "of_b",
    [
        None,
        {**OF_B, "settings": None},
        {**OF_B, "shelves": None},
        {**OF_B, "shelves": OF_B["shelves"][:1]},
        {**OF_B, "shelves": []},
    ],
)
async def test_parts_that_do_not_fit_are_handed_over(engine_on, execute, handed_over, of_b, last):
    viewers = {"a": OF_A, "b": of_b}

    answer = await execute(engine_on(viewers, last=last), QUERY)

    assert json.loads(answer) == json.loads(await execute(engine_on(viewers, last=last, compiler=NEVER), QUERY))
    assert len(handed_over) == 1
