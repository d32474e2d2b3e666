from shared.ids import derived_id, has_prefix, new_id


def test_ids_say_their_kind():
    identifier = new_id("ord")
    assert has_prefix(identifier, "ord")
    assert not has_prefix(identifier, "cart")
    assert not has_prefix("ord_", "ord")
    assert not has_prefix("ord_" + "u" * 26, "ord")


def test_derived_ids_are_the_same_everywhere_and_sort_before_new_ones():
    assert derived_id("prod", "catalog", 17) == "prod_01JGFJJZ004NS2JZ9K72RCZ7PJ"
    assert derived_id("prod", "catalog", 17) != derived_id("prod", "catalog", 18)
    assert derived_id("ord", 1) < new_id("ord")
