"""SATISFIABILITY_ERROR: A query of the supergraph cannot be answered by any sequence of subgraph fetches."""


def test_no_key_leads_to_the_field(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @shareable { id: ID }
        """,
        stock="""
            type Query { other: Item }
            type Item @shareable { id: ID weight: Int }
        """,
    ).error("SATISFIABILITY_ERROR")
    assert "Item.weight" in error.message
    assert '"Item" has no @key' in error.message
    assert "item {" in error.message


def test_key_is_not_resolvable(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Item @key(fields: "id", resolvable: false) { id: ID! weight: Int }
        """,
    ).error("SATISFIABILITY_ERROR")
    assert 'no @key of "Item" is resolvable' in error.message


def test_key_fields_cannot_be_found(compose):
    errors = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Item @key(fields: "sku") { sku: ID! weight: Int }
        """,
    ).composition.errors
    assert {error.code.name for error in errors} == {"SATISFIABILITY_ERROR"}
    assert any('@key(fields: "sku")' in error.message for error in errors)


def test_keys_may_lead_on(compose):
    outcome = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! }
        """,
        index="""
            type Item @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        """,
        stock="""
            type Item @key(fields: "sku") { sku: ID! weight: Int }
        """,
    )
    assert outcome.supergraph


def test_required_field_cannot_be_found(compose):
    errors = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price: Int @external tax: Int @requires(fields: "price") }
        """,
        stock="""
            type Item @key(fields: "sku") { sku: ID! price: Int }
        """,
    ).composition.errors
    assert {error.code.name for error in errors} == {"SATISFIABILITY_ERROR"}
    assert any("@requires" in error.message for error in errors)
    assert any("Item.tax" in error.message for error in errors)


def test_provided_on_one_path_only(compose):
    errors = compose(
        shop="""
            type Query { best: Item @provides(fields: "name") }
            type Shelf @key(fields: "id") { id: ID! item: Item }
            type Item @key(fields: "id") { id: ID! name: String @external }
        """,
        stock="""
            type Query { shelf: Shelf }
            type Shelf @key(fields: "id") { id: ID! }
            type Item @key(fields: "sku") { sku: ID! name: String @shareable }
        """,
    ).composition.errors
    assert {error.code.name for error in errors} == {"SATISFIABILITY_ERROR"}
    assert any("Item.name" in error.message for error in errors)
    assert any("@external" in error.message for error in errors)


def test_interface_object_without_type(compose):
    errors = compose(
        shop="""
            type Query { q: Node }
            interface Node @key(fields: "id") { id: ID! }
            type Item implements Node @key(fields: "id") { id: ID! own: Int }
        """,
        stock="""
            type Query { r: Node }
            type Node @interfaceObject @key(fields: "ref") { ref: ID! weight: Int }
        """,
    ).composition.errors
    assert {error.code.name for error in errors} == {"SATISFIABILITY_ERROR"}
    assert any("Node" in error.message for error in errors)


def test_context_not_set_on_every_path(compose):
    error = compose(
        shop="""
            type Query { cart: Cart line: Line }
            type Cart @key(fields: "id") @context(name: "cart") { id: ID! limit: Int! line: Line }
            type Line @key(fields: "id") { id: ID! allowed(limit: Int @fromContext(field: "$cart { limit }")): Boolean }
        """,
    ).error("SATISFIABILITY_ERROR")
    assert "context" in error.message
    assert "Line.allowed" in error.message


def test_mutation_needs_both_subgraphs(compose):
    error = compose(
        shop="""
            type Query { q: Int }
            type Mutation { buy: Receipt @shareable }
            type Receipt @shareable { a: Int }
        """,
        stock="""
            type Mutation { buy: Receipt @shareable }
            type Receipt @shareable { b: Int }
        """,
    ).error("SATISFIABILITY_ERROR")
    assert "Mutation.buy" in error.message


def test_moving_field_under_a_label(compose):
    errors = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! weight: Int }
        """,
        scales="""
            type Item @key(fields: "ref") { ref: ID! weight: Int @override(from: "stock", label: "percent(5)") }
        """,
    ).composition.errors
    assert {error.code.name for error in errors} == {"SATISFIABILITY_ERROR"}
    assert any("Item.weight" in error.message for error in errors)


def test_value_type_of_two_subgraphs(compose):
    errors = compose(
        shop="""
            type Query { any: Any }
            union Any = A | B
            type A { x: Int }
            type B { y: Int }
        """,
        stock="""
            type Query { some: Any }
            union Any = A
            type A { x2: Int }
        """,
    ).composition.errors
    assert {error.code.name for error in errors} == {"SATISFIABILITY_ERROR"}
    assert any("A.x" in error.message for error in errors)
