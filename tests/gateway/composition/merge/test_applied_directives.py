"""Directives of federation and of GraphQL that the supergraph applies."""


def test_tags_of_all_subgraphs(compose, definition):
    text = compose(
        shop='type Query { q: Int @shareable @tag(name: "a") @tag(name: "b") }',
        stock='type Query { q: Int @shareable @tag(name: "b") @tag(name: "c") }',
    ).supergraph
    assert 'q: Int @tag(name: "a") @tag(name: "b") @tag(name: "c")' in definition(text, "type Query")
    assert '@link(url: "https://specs.apollo.dev/tag/v0.3")' in text


def test_imported_name_is_kept(compose):
    text = compose(
        shop="""
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{name: "@tag", as: "@label"}])
            type Query { q: Int @label(name: "x") }
        """
    ).supergraph
    assert '@link(url: "https://specs.apollo.dev/tag/v0.3", import: [{name: "@tag", as: "@label"}])' in text
    assert 'q: Int @label(name: "x")' in text


def test_most_frequent_deprecation_wins(compose):
    outcome = compose(
        a='type Query { q: Int @shareable @deprecated(reason: "old") }',
        b='type Query { q: Int @shareable @deprecated(reason: "gone") }',
        c='type Query { q: Int @shareable @deprecated(reason: "gone") }',
    )
    assert 'q: Int @deprecated(reason: "gone")' in outcome.supergraph
    assert "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS" in [hint.code for hint in outcome.composition.hints]


def test_default_reason_is_the_same_as_none(compose):
    outcome = compose(
        a="type Query { q: Int @shareable @deprecated }",
        b='type Query { q: Int @shareable @deprecated(reason: "No longer supported") }',
    )
    assert "q: Int @deprecated\n" in outcome.supergraph
    assert outcome.composition.hints == ()


def test_costs(compose):
    outcome = compose(
        a="type Query { q: [Int] @shareable @cost(weight: 3) @listSize(assumedSize: 5, requireOneSlicingArgument: false) }",
        b="type Query { q: [Int] @shareable @cost(weight: 7) @listSize(assumedSize: 9, slicingArguments: []) }",
    )
    assert "@cost(weight: 7)" in outcome.supergraph
    assert "@listSize(assumedSize: 9, slicingArguments: [], requireOneSlicingArgument: false)" in outcome.supergraph
    assert '@link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"])' in outcome.supergraph


def test_cache_tags_are_recorded(compose, definition):
    tag = '@cacheTag(format: "item-{$key.id}")'
    text = compose(
        shop=f'type Query {{ item: Item }} type Item @key(fields: "id") {tag} {{ id: ID! }}',
        stock=f'type Item @key(fields: "id") {tag} {{ id: ID! weight: Int }}',
    ).supergraph
    recorded = '@join__directive(graphs: [SHOP, STOCK], name: "federation__cacheTag", args: {format: "item-{$key.id}"})'
    assert recorded in definition(text, "type Item")
    assert '@link(url: "https://specs.apollo.dev/cacheTag/v0.1", for: EXECUTION)' in text


def test_an_argument_that_is_null_is_the_same_as_one_left_out(compose):
    sdl = "type Query {{ q(first: Int): [Int] @shareable @listSize(assumedSize: 3{}) }}"
    outcome = compose(a=sdl.format(", sizedFields: null"), b=sdl.format(""))
    assert outcome.codes == []
    assert outcome.composition.hints == ()


def test_enum_literals_are_read_as_strings(compose):
    outcome = compose(
        a="type Query { a: Int @tag(name: x) @requiresScopes(scopes: [[y]]) b: Int @override(from: b) }",
        b='type Query { a2: Int b: Int c: Int @requiresScopes(scopes: [["y"]]) }',
    )
    text = " ".join(outcome.supergraph.split())
    assert '@tag(name: "x") @requiresScopes(scopes: [["y"]])' in text
    assert '@join__field(graph: A, override: "b")' in text
