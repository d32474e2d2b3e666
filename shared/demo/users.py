"""The demo's people: three who can sign in, and the reviewers."""

from __future__ import annotations

from shared.demo.model import PASSWORD, DemoAddress, DemoUser
from shared.ids import derived_id

_FIRST_NAMES = (
    "Mila", "Jonas", "Amélie", "Noah", "Sofia", "Emil", "Lucía", "Theo", "Freja", "Matteo",
    "Hanna", "Louis", "Zofia", "Oscar", "Elif", "Hugo", "Ingrid", "Pablo", "Nora", "Viktor",
)  # fmt: skip
_LAST_NAMES = (
    "Berg", "Rossi", "Novak", "Dubois", "Jansen", "Keller", "Silva", "Lindqvist", "Murphy", "Kowalski",
)  # fmt: skip


def _sign_in(
    first_name: str, last_name: str, roles: tuple[str, ...], addresses: tuple[DemoAddress, ...] = ()
) -> DemoUser:
    return DemoUser(
        id=derived_id("usr", "demo", first_name.lower()),
        email=f"{first_name.lower()}@example.com",
        first_name=first_name,
        last_name=last_name,
        display_name=f"{first_name} {last_name[0]}.",
        roles=roles,
        password=PASSWORD,
        addresses=addresses,
    )


ADA = _sign_in(
    "Ada",
    "Larsen",
    ("customer",),
    (DemoAddress(derived_id("adr", "demo", "ada"), "Ada Larsen", "Lindenallee 12", "Berlin", "10119", "DE"),),
)
SAM = _sign_in("Sam", "Okafor", ("support_agent", "admin"))
INES = _sign_in("Ines", "Moreau", ("inventory_manager",))

SIGN_IN_USERS = (ADA, SAM, INES)

REVIEWERS = tuple(
    DemoUser(
        id=derived_id("usr", "demo", "reviewer", number),
        email=f"reviewer{number}@example.com",
        first_name=first,
        last_name=last,
        display_name=f"{first} {last[0]}." if number % 5 else "A customer",
        roles=("customer",),
        language="de" if number % 4 == 0 else "en",
    )
    for number, (last, first) in enumerate((last, first) for last in _LAST_NAMES for first in _FIRST_NAMES)
)
