"""The built-in provider for demos and tests: no money moves, but it keeps a journal like a real one.

Tokens: ``tok_ok`` is authorized, ``tok_declined`` is declined, ``tok_3ds`` asks for an action by the buyer,
``tok_timeout_after_charge`` is authorized and then the answer gets lost once. Any other token is declined.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.dialects.postgresql import insert

from shared.clock import Clock
from shared.db import Sessions
from shared.ids import new_id
from shared.money import Money
from subgraphs.orders.models import ProviderChargeRow
from subgraphs.orders.payment.provider import Authorization, AuthorizationState, ProviderUnavailable

METHOD_CODE: Final = "card"
LOST_ANSWER_TOKEN: Final = "tok_timeout_after_charge"  # noqa: S105 - a public test token
_OUTCOMES: Final = {
    "tok_ok": AuthorizationState.AUTHORIZED,
    LOST_ANSWER_TOKEN: AuthorizationState.AUTHORIZED,
    "tok_3ds": AuthorizationState.ACTION_REQUIRED,
}
_MESSAGES: Final = {
    AuthorizationState.DECLINED: "The card was declined.",
    AuthorizationState.ACTION_REQUIRED: "The card asks for an authentication that this shop does not offer yet.",
    AuthorizationState.VOIDED: "The payment was voided.",
}


class TestProvider:
    """A provider whose journal is a table of its own; each call is a transaction of its own."""

    __test__ = False  # pytest would collect it for its name

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    async def authorize(self, *, key: str, amount: Money, token: str) -> Authorization:
        """Journal the charge once; a repeated key gets the first outcome."""
        state = _OUTCOMES.get(token, AuthorizationState.DECLINED)
        is_first = await self._journal(key, amount, state)
        if is_first and token == LOST_ANSWER_TOKEN:
            raise ProviderUnavailable("the answer was lost")
        outcome = await self.find(key)
        assert outcome is not None
        return outcome

    async def find(self, key: str) -> Authorization | None:
        """What the journal says."""
        async with self._sessions() as session:
            row = await session.get(ProviderChargeRow, key)
        if row is None:
            return None
        state = AuthorizationState(row.state)
        return Authorization(state, row.reference, _MESSAGES.get(state))

    async def void(self, key: str) -> None:
        """Void the charge, or forbid the key when there is none."""
        now = self._clock.now()
        statement = insert(ProviderChargeRow).values(
            idempotency_key=key,
            reference=new_id("chg"),
            amount_minor=0,
            currency="",
            state=AuthorizationState.VOIDED.value,
            created_at=now,
            voided_at=now,
        )
        statement = statement.on_conflict_do_update(
            index_elements=[ProviderChargeRow.idempotency_key],
            set_={"state": AuthorizationState.VOIDED.value, "voided_at": now},
            where=ProviderChargeRow.state != AuthorizationState.VOIDED.value,
        )
        async with self._sessions() as session, session.begin():
            await session.execute(statement)

    async def _journal(self, key: str, amount: Money, state: AuthorizationState) -> bool:
        statement = (
            insert(ProviderChargeRow)
            .values(
                idempotency_key=key,
                reference=new_id("chg"),
                amount_minor=amount.minor_units,
                currency=amount.currency,
                state=state.value,
                created_at=self._clock.now(),
            )
            .on_conflict_do_nothing()
            .returning(ProviderChargeRow.idempotency_key)
        )
        async with self._sessions() as session, session.begin():
            return (await session.execute(statement)).scalar_one_or_none() is not None
