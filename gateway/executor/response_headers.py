"""Headers of subgraphs' responses that clients are sent, merged where several subgraphs send one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from gateway.executor.transport import Headers


class MergeRule(Enum):
    """Which of several values counts; responses of parallel requests come in any order."""

    FIRST = "first"
    LAST = "last"
    APPEND = "append"


@dataclass(frozen=True, slots=True)
class ResponseHeaderRule:
    """``name`` is in lower case."""

    name: str
    merge: MergeRule


@dataclass(slots=True)
class ResponseHeaders:
    """Collects for one client request."""

    rules: Sequence[ResponseHeaderRule]
    _values: dict[str, list[str]] = field(default_factory=dict)

    def collect(self, headers: Headers) -> None:
        """Take in the headers of one response of a subgraph."""
        for rule in self.rules:
            found = [value for name, value in headers if name == rule.name]
            if not found:
                continue
            known = self._values.setdefault(rule.name, [])
            match rule.merge:
                case MergeRule.FIRST:
                    known.extend(found[: 1 - len(known)])
                case MergeRule.LAST:
                    known[:] = found[-1:]
                case MergeRule.APPEND:
                    known.extend(value for value in found if value not in known)

    def merged(self) -> Headers:
        """What the client is sent."""
        return tuple((name, value) for name, values in self._values.items() for value in values)
