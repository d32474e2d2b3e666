"""The demo catalogue: exact in size, equal on every run, consistent in itself."""

import pytest

from shared.demo import REVIEWERS, SIGN_IN_USERS, WAREHOUSES, Catalogue, product_id, reviews_of, stock_of


def every_product(size):
    return [product for chunk in Catalogue(size).products() for product in chunk]


@pytest.mark.parametrize("size", [1, 2, 7, 100, 1_000])
def test_counts_skus_exactly(size):
    assert sum(len(product.variants) for product in every_product(size)) == size


def test_a_size_below_one_is_refused():
    with pytest.raises(ValueError, match="at least one SKU"):
        Catalogue(0)


def test_same_size_same_catalogue():
    assert every_product(300) == every_product(300)


def test_a_bigger_catalogue_contains_the_smaller():
    small, big = every_product(200), every_product(400)
    assert small[:-1] == big[: len(small) - 1]


def test_chunks_are_bounded_and_complete():
    chunks = list(Catalogue(300).products(chunk_size=10))
    assert all(len(chunk) == 10 for chunk in chunks[:-1])
    assert [p for chunk in chunks for p in chunk] == every_product(300)


def test_keys_are_unique():
    products = every_product(3_000)
    variants = [variant for product in products for variant in product.variants]
    images = [image for product in products for image in product.images]
    for keys in (
        [p.id for p in products],
        [p.slug for p in products],
        [v.id for v in variants],
        [v.sku for v in variants],
        [v.gtin for v in variants],
        [i.id for i in images],
    ):
        assert len(set(keys)) == len(keys)


def test_every_reference_leads_somewhere():
    catalogue = Catalogue(1_000)
    categories = {category.id: category for category in catalogue.categories}
    brands = {brand.id for brand in catalogue.brands}
    types = {product_type.id: product_type for product_type in catalogue.product_types}
    collections = {collection.id for collection in catalogue.collections}
    for product in every_product(1_000):
        assert categories[product.category_id].path == product.category_path
        assert product.brand_id in brands
        assert collections.issuperset(product.collection_ids)
        product_type = types[product.product_type_id]
        assert set(product.attributes) <= set(product_type.attribute_codes)
        assert 1 <= len(product.variants) <= 6
        for variant in product.variants:
            assert set(variant.attributes) <= set(product_type.variant_attribute_codes)
            assert variant.product_id == product.id
        for name, values in product.options:
            assert {dict(v.selected_options)[name] for v in product.variants} == set(values)


def test_attribute_values_are_admissible():
    definitions = {definition.code: definition for definition in Catalogue(1).attribute_definitions}
    for product in every_product(500):
        for values in (product.attributes, *(variant.attributes for variant in product.variants)):
            for code, value in values.items():
                options = {option.code for option in definitions[code].options}
                match definitions[code].type:
                    case "SELECT" | "COLOR":
                        assert value in options
                    case "MULTISELECT":
                        assert options.issuperset(value)
                    case "BOOLEAN":
                        assert isinstance(value, bool)
                    case "MEASUREMENT" | "INTEGER":
                        assert isinstance(value, int)
                        assert value > 0
                    case _:
                        assert isinstance(value, str)


def test_reductions_are_real():
    variants = [variant for product in every_product(2_000) for variant in product.variants]
    reduced = [variant for variant in variants if variant.compare_at is not None]
    assert 0.1 < len(reduced) / len(variants) < 0.35
    for variant in reduced:
        assert 0 < variant.price < variant.compare_at
        assert variant.past_prices[-1].effective_to == variant.price_since
    assert all(variant.price > 0 for variant in variants)


def test_the_tree_has_parents_before_children():
    seen = set()
    for category in Catalogue(1).categories:
        assert category.parent_id is None or category.parent_id in seen
        assert category.level == len(category.path) - 1
        seen.add(category.id)


def test_stock_stands_in_each_warehouse_and_some_is_sold_out():
    variants = [variant for product in every_product(1_000) for variant in product.variants]
    levels = {variant.id: stock_of(variant) for variant in variants}
    assert all([level.warehouse_id for level in of] == [w.id for w in WAREHOUSES] for of in levels.values())
    sold_out = sum(not any(level.on_hand for level in of) for of in levels.values())
    assert 0 < sold_out < len(variants) / 4


def test_reviews_are_one_per_author_and_within_five_stars():
    reviewers = {user.id: user.display_name for user in REVIEWERS}
    found = 0
    for product in every_product(500):
        reviews = reviews_of(product)
        found += len(reviews)
        assert len({review.author_id for review in reviews}) == len(reviews)
        assert all(1 <= review.rating <= 5 and reviewers[review.author_id] == review.author_name for review in reviews)
    assert found > 100


def test_the_demo_logins():
    assert [user.email for user in SIGN_IN_USERS] == ["ada@example.com", "sam@example.com", "ines@example.com"]
    assert all(user.password == "agora-demo-1" for user in SIGN_IN_USERS)
    assert all(user.password is None for user in REVIEWERS)


def test_ids_can_be_derived_without_building():
    assert [product_id(product.index) for product in every_product(50)] == [product.id for product in every_product(50)]
