"""Descriptions: the most frequent one."""


def test_most_frequent(compose):
    outcome = compose(
        a='"one" type Query { q: Int @shareable }',
        b='"two" type Query { "field" q: Int @shareable }',
        c='"two" type Query { "" q: Int @shareable }',
    )
    assert '"""two"""\ntype Query' in outcome.supergraph
    assert '  """field"""\n  q: Int' in outcome.supergraph
    assert [hint.code for hint in outcome.composition.hints] == ["INCONSISTENT_DESCRIPTION"]
