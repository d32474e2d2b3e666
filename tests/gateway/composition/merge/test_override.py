"""@override: the overridden subgraph loses the field, unless it still needs it there."""

OLD = 'type Query { item: Item } type Item @key(fields: "id") { id: ID! weight: Int size: Int @shareable }'


def test_overridden_field_is_left_out(compose, definition):
    outcome = compose(old=OLD, new='type Item @key(fields: "id") { id: ID! weight: Int @override(from: "old") }')
    assert 'weight: Int @join__field(graph: NEW, override: "old")' in definition(outcome.supergraph, "type Item")
    assert "OVERRIDDEN_FIELD_CAN_BE_REMOVED" in [hint.code for hint in outcome.composition.hints]


def test_field_that_is_still_used_stays(compose, definition):
    text = compose(
        old="""
            type Query { item: Item }
            type Item @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }
        """,
        new='type Item @key(fields: "id") { id: ID! sku: ID! @override(from: "old") }',
    ).supergraph
    assert 'sku: ID! @join__field(graph: NEW, override: "old") @join__field(graph: OLD, usedOverridden: true)' in (
        definition(text, "type Item")
    )


def test_label_stands_at_both_ends(compose, definition):
    outcome = compose(
        old=OLD, new='type Item @key(fields: "id") { id: ID! weight: Int @override(from: "old", label: "percent(5)") }'
    )
    assert (
        'weight: Int @join__field(graph: NEW, override: "old", overrideLabel: "percent(5)") '
        '@join__field(graph: OLD, overrideLabel: "percent(5)")'
    ) in definition(outcome.supergraph, "type Item")
    assert "OVERRIDE_MIGRATION_IN_PROGRESS" in [hint.code for hint in outcome.composition.hints]


def test_origin_that_does_not_exist(compose):
    outcome = compose(old=OLD, new='type Query { q: Int @override(from: "gone") }')
    assert outcome.supergraph
    assert [hint.code for hint in outcome.composition.hints if "OVERRIDE" in hint.code or "FROM" in hint.code] == [
        "FROM_SUBGRAPH_DOES_NOT_EXIST"
    ]


def test_origin_that_lost_the_field(compose):
    outcome = compose(old=OLD, new='type Query { q: Int @override(from: "old") }')
    assert "OVERRIDE_DIRECTIVE_CAN_BE_REMOVED" in [hint.code for hint in outcome.composition.hints]
