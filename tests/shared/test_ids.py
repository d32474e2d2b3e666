import itertools

from ulid import ULID

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


def test_ids_of_one_moment_are_no_neighbours():
    numbers = sorted(ULID.from_str(new_id("cart").partition("_")[2]).bytes[6:] for _ in range(1_000))
    gaps = [int.from_bytes(b) - int.from_bytes(a) for a, b in itertools.pairwise(numbers)]
    assert min(gaps) > 1_000_000
