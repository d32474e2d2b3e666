import pytest
from hypothesis import given
from hypothesis import strategies as st

from subgraphs.users.domain import Registration, normalized_email, registration_problems
from subgraphs.users.refresh_tokens import new_refresh_token, parse_refresh_token
from subgraphs.users.roles import BUILT_IN_ROLES, scopes_of

GOOD = {"email": "grace@example.org", "password": "correct horse battery", "accepted_terms_version": "2026-01"}


def problems(**changes):
    found = registration_problems(Registration(**{**GOOD, **changes}))
    return {(problem.field, problem.code.value) for problem in found}


def test_a_plain_registration_has_no_problem():
    assert problems() == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"email": "grace"}, (("input", "email"), "INVALID")),
        ({"email": "grace@example"}, (("input", "email"), "INVALID")),
        ({"email": "gra\x00ce@example.org"}, (("input", "email"), "INVALID")),
        ({"email": "g" * 250 + "@example.org"}, (("input", "email"), "INVALID")),
        ({"password": "short"}, (("input", "password"), "PASSWORD_TOO_WEAK")),
        ({"password": "aaaaaaaaaaaaa"}, (("input", "password"), "PASSWORD_TOO_WEAK")),
        ({"password": "grace@example.org"}, (("input", "password"), "PASSWORD_TOO_WEAK")),
        ({"password": "x y z" * 100}, (("input", "password"), "INVALID")),
        ({"first_name": "Gr\nace"}, (("input", "firstName"), "INVALID")),
        ({"language": "english please"}, (("input", "language"), "INVALID")),
        ({"currency": "eur"}, (("input", "currency"), "INVALID")),
        ({"accepted_terms_version": " "}, (("input", "acceptedTermsVersion"), "REQUIRED")),
    ],
)
def test_each_mistake_is_named_with_its_field(changes, expected):
    assert problems(**changes) == {expected}


def test_all_mistakes_are_reported_at_once():
    assert len(problems(email="no", password="no", currency="no")) == 3


def test_addresses_that_differ_in_case_or_width_are_one():
    assert normalized_email(" Grace@EXAMPLE.org ") == normalized_email("grace@example.org")


def test_the_display_name_never_shows_the_address():
    named = Registration(**GOOD, first_name="Grace", last_name="Hopper")
    assert named.display_name == "Grace H."
    assert Registration(**GOOD).display_name == "Customer"


def test_nobody_gets_personal_data_or_impersonation_with_the_admin_role():
    assert "pii:read" not in BUILT_IN_ROLES["admin"]
    assert "users:impersonate" not in BUILT_IN_ROLES["admin"]
    assert "products:write" in BUILT_IN_ROLES["admin"]


def test_scopes_of_several_roles_are_joined_and_unknown_roles_allow_nothing():
    assert scopes_of(["inventory_manager", "analyst", "gone"]) == (
        "analytics:read",
        "inventory:read",
        "inventory:write",
        "users:self",
    )


def test_a_refresh_token_reads_back():
    token = new_refresh_token("ses_01JGFJJZ00H8N5R5J8WZJ3Q3ZC")
    assert parse_refresh_token(token.text) == token
    assert token.secret not in token.secret_hash


@given(st.text(max_size=300))
def test_no_text_breaks_the_token_parser(text):
    parse_refresh_token(text)
