"""What resolvers find in the GraphQL context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from graphql import GraphQLResolveInfo

from shared.auth import Principal
from shared.clock import Clock
from shared.db import Sessions
from subgraphs.products.domain.market import Market
from subgraphs.products.domain.records import ProductRecord
from subgraphs.products.loaders import Loaders
from subgraphs.products.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class ProductsContext:
    """One request: who calls from which market, and what answers them."""

    principal: Principal
    market: Market
    loaders: Loaders
    sessions: Sessions
    searcher: Searcher
    clock: Clock
    media_base_url: str

    @property
    def sees_everything(self) -> bool:
        """True for staff and sister services: drafts and archived products are theirs to see."""
        return self.principal.is_service or self.principal.has_scope("products:read_all")

    def may_list(self, product: ProductRecord) -> bool:
        """What is listed and found by slug: for shoppers, what is on sale."""
        return self.sees_everything or product.is_on_sale_at(self.clock.now())

    def may_reference(self, product: ProductRecord) -> bool:
        """What an order or a wishlist may still show: archived products too, drafts never."""
        return self.may_list(product) or product.status == "ARCHIVED"


Info: TypeAlias = GraphQLResolveInfo[ProductsContext]
