"""How many compiled forms a supergraph's plans may have together, so that a worker's memory stays bounded."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from gateway.compiled.compiled_plan import CompiledPlan

MAX_SOURCE_CHARACTERS: Final = 1_000_000
"""A form takes about ten times its source: some ten megabytes in all."""


@dataclass(eq=False, slots=True)
class Form:
    """One state of a plan's conditions. ``compiling`` stays set when the plan was refused: it is not tried again."""

    uses: int = 0
    compiling: bool = False
    plan: CompiledPlan | None = None


class KeptForms:
    """The compiled forms in use; those used least recently go back to the general path when there are too many."""

    def __init__(self, max_source_characters: int = MAX_SOURCE_CHARACTERS) -> None:
        self._room = max_source_characters
        self._forms: OrderedDict[Form, int] = OrderedDict()

    def used(self, form: Form) -> None:
        """``form`` is executed now."""
        self._forms.move_to_end(form)

    def keep(self, form: Form, plan: CompiledPlan | None) -> None:
        """``form`` has been compiled; None when it was refused."""
        form.plan = plan
        if plan is None:
            return
        weight = len(plan.module.source)
        self._forms[form] = weight
        self._room -= weight
        while self._room < 0 and len(self._forms) > 1:
            oldest, freed = self._forms.popitem(last=False)
            oldest.plan, oldest.compiling, oldest.uses = None, False, 0
            self._room += freed
