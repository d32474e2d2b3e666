"""ProductSearchConnection: every field of it reads from one search."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ariadne import ObjectType

from shared.errors import BadUserInput, LimitExceeded
from shared.pagination import encode_cursor, page_request
from subgraphs.products.context import Info
from subgraphs.products.domain.market import index_language
from subgraphs.products.domain.records import ProductRecord
from subgraphs.products.search.answers import FacetCounts, Highlight, SearchAnswer
from subgraphs.products.search.criteria import SearchCriteria, SearchFilter, parse_filter, parse_query
from subgraphs.products.search.facets import Facet, FacetNames, present_facet
from subgraphs.products.search.fields import FacetSpec, facet_specs
from subgraphs.products.search.filters import clauses
from subgraphs.products.search.session import SearchSession

DEEPEST_RESULT: Final = 10_000
"""How far a search can be paged through; narrower filters lead further."""

MAX_FACET_VALUES: Final = 100

connection = ObjectType("ProductSearchConnection")


@dataclass(frozen=True, slots=True)
class ProductSearchEdge:
    """A product found."""

    cursor: str
    node: ProductRecord
    score: float | None
    highlights: tuple[Highlight, ...]


async def begin_search(
    info: Info,
    *,
    first: int | None,
    after: str | None,
    filter_value: Mapping[str, Any] | None,
    sort: Mapping[str, Any] | None,
    within: SearchFilter | None = None,
    query: str | None = None,
    language: str | None = None,
) -> SearchSession:
    """The checked search; nothing is asked before a field of the connection needs it."""
    criteria = SearchCriteria(
        language=index_language(language, info.context.market),
        query=parse_query(query),
        filter=parse_filter(filter_value),
        within=within or SearchFilter(),
        sort=sort["field"] if sort else "RELEVANCE",
        descending=bool(sort and sort["direction"] == "DESC"),
    )
    request = page_request(criteria.order, (int,), first=first, after=after)
    offset = request.after[0] if request.after else 0
    if offset < 0:
        raise BadUserInput("The cursor is not one of this list.")
    if offset + request.limit > DEEPEST_RESULT:
        raise LimitExceeded(f"A search can be paged through up to its {DEEPEST_RESULT}th result.")
    specs = facet_specs((await info.context.loaders.attribute_definitions()).values())
    clauses(criteria.filter, specs)  # a filter that means nothing is one error here, not one per field
    return SearchSession(info.context.searcher, criteria, specs, offset=offset, limit=request.limit)


@connection.field("totalCount")
async def resolve_total_count(session: SearchSession, _: Info) -> int:
    return (await session.answer()).total


@connection.field("tookMs")
async def resolve_took_ms(session: SearchSession, _: Info) -> int:
    return (await session.answer()).took_ms


@connection.field("degraded")
async def resolve_degraded(session: SearchSession, _: Info) -> bool:
    return (await session.answer()).degraded


@connection.field("correctedQuery")
def resolve_corrected_query(session: SearchSession, _: Info) -> Awaitable[str | None]:
    session.want_hits()
    return _corrected_query(session)


@connection.field("edges")
def resolve_edges(session: SearchSession, info: Info) -> Awaitable[list[ProductSearchEdge]]:
    session.want_hits()
    return _edges(session, info)


@connection.field("nodes")
def resolve_nodes(session: SearchSession, info: Info) -> Awaitable[list[ProductRecord]]:
    session.want_hits()
    return _nodes(session, info)


@connection.field("pageInfo")
def resolve_page_info(session: SearchSession, _: Info) -> Awaitable[dict[str, Any]]:
    session.want_hits()
    return _page_info(session)


@connection.field("facets")
def resolve_facets(
    session: SearchSession, info: Info, *, codes: Sequence[str] | None = None, max_values: int | None = 20
) -> Awaitable[list[Facet]]:
    specs = session.facet_specs(codes)
    session.want_facets(specs)
    return _facets(session, info, specs, 20 if max_values is None else max_values)


async def _corrected_query(session: SearchSession) -> str | None:
    return (await session.answer()).corrected_query


async def _edges(session: SearchSession, info: Info) -> list[ProductSearchEdge]:
    answer = await session.answer()
    products = await _visible(answer, info)
    return [
        ProductSearchEdge(_cursor(session, place), product, hit.score, hit.highlights)
        for place, hit in enumerate(answer.hits)
        if (product := products.get(hit.product_id)) is not None
    ]


async def _nodes(session: SearchSession, info: Info) -> list[ProductRecord]:
    return list((await _visible(await session.answer(), info)).values())


async def _visible(answer: SearchAnswer, info: Info) -> dict[str, ProductRecord]:
    """The hits' products in their order; one that the index knows and the catalogue no longer sells is left out."""
    found = await info.context.loaders.product.load_many([hit.product_id for hit in answer.hits])
    return {product.id: product for product in found if product is not None and info.context.may_list(product)}


async def _page_info(session: SearchSession) -> dict[str, Any]:
    answer = await session.answer()
    count = len(answer.hits)
    return {
        "has_next_page": session.offset + count < answer.total and count > 0,
        "has_previous_page": session.offset > 0,
        "start_cursor": _cursor(session, 0) if count else None,
        "end_cursor": _cursor(session, count - 1) if count else None,
    }


def _cursor(session: SearchSession, place: int) -> str:
    """Search results have no key to continue after: a cursor counts the results up to and with its own."""
    return encode_cursor(session.criteria.order, [session.offset + place + 1])


async def _facets(session: SearchSession, info: Info, specs: Sequence[FacetSpec], max_values: int) -> list[Facet]:
    if not 0 <= max_values <= MAX_FACET_VALUES:
        raise LimitExceeded(f"`maxValues` is at most {MAX_FACET_VALUES}.")
    answer = await session.answer()
    names = await _names(answer.facets, session.criteria.filter, info)
    facets = (
        present_facet(spec, answer.facets[spec.code], session.criteria, names, max_values=max_values)
        for spec in specs
        if spec.code in answer.facets
    )
    return [facet for facet in facets if facet is not None]


async def _names(counts: Mapping[str, FacetCounts], chosen: SearchFilter, info: Info) -> FacetNames:
    """The categories, collections and brands that the facets count or the filter names."""
    loaders = info.context.loaders

    def keys(code: str, selected: tuple[str, ...] | None) -> list[str]:
        return list({**counts[code].values, **dict.fromkeys(selected or ())}) if code in counts else []

    categories = await loaders.category.load_many(keys("category", chosen.category_ids))
    ancestors = {key for category in categories if category for key in category.path}
    return FacetNames(
        categories=_by_id([*categories, *await loaders.category.load_many(sorted(ancestors))]),
        collections=_by_id(await loaders.collection.load_many(keys("collection", chosen.collection_ids))),
        brands=_by_id(await loaders.brand.load_many(keys("brand", chosen.brand_ids))),
    )


def _by_id(records: Sequence[Any]) -> dict[str, Any]:
    return {record.id: record for record in records if record is not None}
