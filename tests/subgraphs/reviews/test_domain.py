from hypothesis import given
from hypothesis import strategies as st

from subgraphs.reviews.domain import UNRATED, Rating


def test_without_reviews_there_is_no_average():
    assert (UNRATED.count, UNRATED.average, UNRATED.recommend_percent) == (0, None, None)


def test_average_and_recommendations_follow_from_the_counts():
    rating = Rating((1, 0, 0, 1, 2))
    assert (rating.count, rating.average, rating.recommend_percent) == (4, 3.75, 75.0)


@given(st.tuples(*[st.integers(0, 1000)] * 5))
def test_the_average_lies_between_the_lowest_and_the_highest_stars(counts):
    rating = Rating(counts)
    given_stars = [stars for stars, count in enumerate(counts, 1) if count]
    assert rating.average is None or min(given_stars) <= rating.average <= max(given_stars)
