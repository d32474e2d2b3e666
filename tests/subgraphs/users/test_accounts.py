import asyncio
import time

import jwt
import pytest
from sqlalchemy import text

REGISTER = """
mutation ($input: UserRegisterInput!) {
  userRegister(input: $input) {
    user { id displayName }
    tokens { accessToken refreshToken tokenType scopes }
    userErrors { field code }
  }
}
"""
SIGN_IN = """
mutation ($email: String!, $password: String!) {
  signIn(email: $email, password: $password) {
    user { id }
    tokens { accessToken refreshToken scopes }
    mfaRequired
    userErrors { field message code }
  }
}
"""
REFRESH = """
mutation ($token: String!) {
  tokenRefresh(refreshToken: $token) { tokens { accessToken refreshToken } userErrors { code } }
}
"""
SIGN_OUT = "mutation ($everywhere: Boolean!) { signOut(everywhere: $everywhere) { success } }"
GRACE = {"email": "Grace@Example.org", "password": "correct horse battery", "acceptedTermsVersion": "1"}


@pytest.fixture
async def grace(client):
    """Tokens of a registered user."""
    result = await client.execute(REGISTER, {"input": {**GRACE, "firstName": "Grace", "lastName": "Hopper"}})
    assert result.errors == []
    return result.data["userRegister"]["tokens"]


async def refresh(client, token):
    answer = (await client.execute(REFRESH, {"token": token})).data["tokenRefresh"]
    return answer["tokens"], [error["code"] for error in answer["userErrors"]]


async def sign_in(client, email, password):
    return (await client.execute(SIGN_IN, {"email": email, "password": password})).data["signIn"]


async def test_who_registers_is_signed_in_as_a_customer(client):
    result = await client.execute(REGISTER, {"input": {**GRACE, "firstName": "Grace", "lastName": "Hopper"}})
    payload = result.data["userRegister"]
    assert payload["userErrors"] == []
    assert payload["user"]["displayName"] == "Grace H."
    assert payload["tokens"]["scopes"] == ["users:self"]
    assert payload["tokens"]["tokenType"] == "Bearer"


async def test_an_address_has_one_account_however_it_is_written(client, grace, database):
    result = await client.execute(REGISTER, {"input": {**GRACE, "email": " grace@example.ORG"}})
    assert result.data["userRegister"]["userErrors"] == [{"field": ["input", "email"], "code": "TAKEN"}]
    async with database.sessions() as session:
        assert await session.scalar(text("SELECT count(*) FROM account")) == 1


async def test_a_refused_registration_changes_nothing(client, database):
    result = await client.execute(REGISTER, {"input": {**GRACE, "password": "short"}})
    assert [error["code"] for error in result.data["userRegister"]["userErrors"]] == ["PASSWORD_TOO_WEAK"]
    async with database.sessions() as session:
        assert await session.scalar(text("SELECT count(*) FROM account")) == 0
        assert await session.scalar(text("SELECT count(*) FROM outbox")) == 0


async def test_a_registration_and_a_sign_in_are_told_to_the_other_domains(client, grace, database):
    async with database.sessions() as session:
        types = list(await session.scalars(text("SELECT event->>'type' FROM outbox ORDER BY position")))
        everything = str(list(await session.execute(text("SELECT event FROM outbox"))))
    assert types == ["users.user.registered.v1", "users.user.signed_in.v1"]
    assert "grace@example.org" not in everything.lower()


async def test_signing_in_gives_a_token_of_the_agreed_form(client, grace):
    payload = await sign_in(client, "grace@example.org", GRACE["password"])
    claims = jwt.decode(payload["tokens"]["accessToken"], options={"verify_signature": False})
    assert claims["sub"] == payload["user"]["id"]
    assert {claims["iss"], claims["aud"], claims["typ"]} == {"agora", "access"}
    assert claims["exp"] - claims["iat"] == 300


async def test_a_wrong_password_and_an_unknown_address_are_refused_alike(client, grace):
    wrong = await sign_in(client, "grace@example.org", "something else entirely")
    unknown = await sign_in(client, "nobody@example.org", "something else entirely")
    assert wrong == unknown
    assert wrong["tokens"] is None
    assert [error["code"] for error in wrong["userErrors"]] == ["INVALID_CREDENTIALS"]


async def test_a_suspended_account_cannot_sign_in(client, grace, database):
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE account SET status = 'SUSPENDED'"))
    payload = await sign_in(client, "grace@example.org", GRACE["password"])
    assert [error["code"] for error in payload["userErrors"]] == ["INVALID_CREDENTIALS"]
    assert await refresh(client, grace["refreshToken"]) == (None, ["TOKEN_INVALID"])


async def test_a_refresh_token_works_once(client, grace):
    renewed, errors = await refresh(client, grace["refreshToken"])
    assert errors == []
    assert renewed["refreshToken"] != grace["refreshToken"]
    assert await refresh(client, grace["refreshToken"]) == (None, ["TOKEN_INVALID"])
    assert (await refresh(client, renewed["refreshToken"]))[1] == []


async def test_of_parallel_refreshes_exactly_one_wins(client, grace):
    answers = await asyncio.gather(*(refresh(client, grace["refreshToken"]) for _ in range(8)))
    winners = [tokens for tokens, errors in answers if not errors]
    assert len(winners) == 1
    assert (await refresh(client, winners[0]["refreshToken"]))[1] == []


async def test_a_token_used_again_later_ends_the_whole_sign_in(client, grace, clock):
    renewed, _ = await refresh(client, grace["refreshToken"])
    clock.advance(60)
    assert (await refresh(client, grace["refreshToken"]))[1] == ["TOKEN_INVALID"]
    assert (await refresh(client, renewed["refreshToken"]))[1] == ["TOKEN_INVALID"]


async def test_a_session_ends_after_its_days(client, grace, clock):
    clock.advance(31 * 86_400)
    assert await refresh(client, grace["refreshToken"]) == (None, ["TOKEN_EXPIRED"])


@pytest.mark.parametrize("token", ["", "nonsense", "ses_01JGFJJZ00H8N5R5J8WZJ3Q3ZC.secret", "x" * 10_000])
async def test_a_token_that_is_not_ours_is_refused(client, grace, token):
    assert await refresh(client, token) == (None, ["TOKEN_INVALID"])


@pytest.fixture
def live_clock(clock):
    """Token verification asks the real clock, so the subgraph must be about there too."""
    clock.advance(time.time() - clock.now().timestamp())


async def test_signing_out_ends_this_sign_in_and_no_other(live_clock, client, grace, principal_of):
    other = (await sign_in(client, "grace@example.org", GRACE["password"]))["tokens"]
    this = (await sign_in(client, "grace@example.org", GRACE["password"]))["tokens"]
    await client.execute(SIGN_OUT, {"everywhere": False}, principal=await principal_of(this["accessToken"]))
    assert (await refresh(client, this["refreshToken"]))[1] == ["TOKEN_INVALID"]
    assert (await refresh(client, other["refreshToken"]))[1] == []


async def test_signing_out_everywhere_ends_all(live_clock, client, grace, principal_of):
    this = (await sign_in(client, "grace@example.org", GRACE["password"]))["tokens"]
    result = await client.execute(SIGN_OUT, {"everywhere": True}, principal=await principal_of(this["accessToken"]))
    assert result.data["signOut"]["success"] is True
    assert (await refresh(client, grace["refreshToken"]))[1] == ["TOKEN_INVALID"]


async def test_signing_out_needs_somebody_who_is_signed_in(client):
    result = await client.execute(SIGN_OUT, {"everywhere": False})
    assert result.data["signOut"] is None
    assert result.codes == ["UNAUTHENTICATED"]


async def test_no_secret_is_stored_in_clear(client, grace, database):
    async with database.sessions() as session:
        stored = str(list(await session.execute(text("SELECT * FROM refresh_token"))))
        stored += str(list(await session.execute(text("SELECT * FROM account"))))
    assert grace["refreshToken"].partition(".")[2] not in stored
    assert GRACE["password"] not in stored
