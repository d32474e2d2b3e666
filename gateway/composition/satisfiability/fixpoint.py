"""Questions that call for each other's answers, answered by the least fixpoint in polynomial time.

All answers begin with no. A question is answered again whenever an answer that it was given has become better, and
never otherwise: no stack of questions, so neither the depth of a graph nor its cycles cost more than their size.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Question = TypeVar("Question", bound=Hashable)


class Fixpoint(Generic[Question]):
    """``improve`` answers one question from the answers of others, and says whether that made its answer better."""

    def __init__(self, improve: Callable[[Question], bool]) -> None:
        self._improve = improve
        self._asked: set[Question] = set()
        self._askers: dict[Question, dict[Question, None]] = {}
        self._pending: deque[Question] = deque()
        self._waiting: set[Question] = set()
        self._answering: Question | None = None

    def ask(self, question: Question) -> None:
        """See to it that a question has its answer, or, when asked for the sake of another, that it will have it."""
        if self._answering is not None:
            self._askers.setdefault(question, {})[self._answering] = None
        if question not in self._asked:
            self._asked.add(question)
            self._wait(question)
        if self._answering is None:
            self._settle()

    def _settle(self) -> None:
        while self._pending:
            question = self._pending.popleft()
            self._waiting.discard(question)
            self._answering = question
            is_better = self._improve(question)
            self._answering = None
            if is_better:
                for asker in self._askers.get(question, ()):
                    self._wait(asker)

    def _wait(self, question: Question) -> None:
        """First come, first served: by its turn a question may have had several of its answers improved."""
        if question not in self._waiting:
            self._waiting.add(question)
            self._pending.append(question)
