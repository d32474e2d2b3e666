"""Walks every path of the supergraph beside the subgraph positions that can answer it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gateway.ast_text import base_type_name
from gateway.composition.errors import SATISFIABILITY_ERROR
from gateway.composition.merge.report import Report
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedField
from gateway.composition.satisfiability.explain import Explanation
from gateway.composition.satisfiability.own_fields import Labels
from gateway.composition.satisfiability.path import Path
from gateway.composition.satisfiability.position import EMPTY_CONTEXTS, Contexts, Position, Positions, position_keys
from gateway.composition.satisfiability.reachability import Reachability
from gateway.composition.satisfiability.runtime_types import check_runtime_types
from gateway.composition.satisfiability.subgraph_graph import Vertex
from gateway.composition.satisfiability.visible_types import VisibleTypes
from gateway.supergraph.model import TypeKind

_Visit = tuple[frozenset[Hashable], frozenset[tuple[str, bool]]]


@dataclass(frozen=True, slots=True)
class State:
    """A supergraph path that ends at ``type_name``, and the positions in subgraphs that answer it.

    ``labels`` are the states of progressive overrides that the path has taken for granted. At the ``is_root`` of an
    operation all subgraphs are entered at once, so that there is nowhere to go by key.
    """

    path: Path
    type_name: str
    positions: Positions
    labels: Labels
    is_root: bool = False


@dataclass(slots=True)
class Walk:
    """One traversal. ``visited`` holds, by type, the positions and labels that it has gone on from."""

    visible: VisibleTypes
    reachability: Reachability
    views: Sequence[SubgraphView]
    report: Report
    visited: dict[str, list[_Visit]] = field(default_factory=dict)

    def run(self, states: Iterable[State]) -> None:
        """Go on from each state until everything has been visited."""
        pending = list(states)
        while pending:
            state = pending.pop()
            if not self._was_visited(state):
                pending.extend(self._following(state))

    def _was_visited(self, state: State) -> bool:
        """Whether a path with no more choices has been here: what holds for it holds for this one."""
        keys, labels = position_keys(state.positions), frozenset(state.labels.items())
        before = self.visited.setdefault(state.type_name, [])
        if any(seen <= keys and chosen <= labels for seen, chosen in before):
            return True
        before.append((keys, labels))
        return False

    def _following(self, state: State) -> Iterator[State]:
        if self.visible.types[state.type_name].kind is not TypeKind.OBJECT:
            for name in self.visible.possible[state.type_name]:
                yield from self._by_type(state, name)
            return
        for merged in self.visible.fields(state.type_name):
            for labels in _labels_for(merged, state.labels):
                yield from self._by_field(state, merged, labels)

    def _by_type(self, state: State, name: str) -> Iterator[State]:
        """Narrow to an object type; where some subgraph can never return it, there is nothing to answer."""
        following: dict[Position, None] = {}
        for position in state.positions:
            vertex = position.vertex
            if not vertex.own.is_interface_object and name not in vertex.own.possible_types:
                return
            for each in (vertex, *self.reachability.reach(vertex).values()):
                found = self.reachability.by_type(each, name)
                if found is not None:
                    following[Position(found, position.contexts)] = None
        path = state.path.on_type(name)
        if following:
            yield State(path, name, tuple(following), state.labels)
        else:
            reasons = Explanation(self.reachability).of_type(name, state.positions)
            self._report(path, state, reasons, name, None)

    def _by_field(self, state: State, merged: MergedField, labels: Labels) -> Iterator[State]:
        is_leaf = self.visible.is_leaf(merged)
        following: dict[Position, None] = {}
        is_resolved = False
        for position in state.positions:
            for vertex, found in self._ways(state, position, merged.name, labels):
                is_resolved = True
                if is_leaf:
                    return
                following[Position(found[0], self._contexts_below(state.type_name, vertex, position))] = None
        path = state.path.by_field(merged)
        if not is_resolved:
            reasons = Explanation(self.reachability).of_field(
                state.type_name, merged.name, state.positions, labels, is_root=state.is_root
            )
            self._report(path, state, reasons, state.type_name, merged, is_leaf=is_leaf)
            return
        after = State(path, base_type_name(merged.type), tuple(following), labels)
        if not check_runtime_types(
            state.type_name,
            merged,
            path,
            after.positions,
            visible=self.visible,
            views=self.views,
            report=self.report,
        ):
            return
        if state.is_root and state.type_name == "Mutation" and len(_subgraphs(after.positions)) > 1:
            self._from_one_subgraph(merged, after)
        else:
            yield after

    def _ways(
        self, state: State, position: Position, name: str, labels: Labels
    ) -> Iterator[tuple[Vertex, tuple[Vertex, ...]]]:
        """Vertices that resolve a field, each with where the field leads from it."""
        contexts = dict(position.contexts)
        found = self.reachability.by_field(position.vertex, name, labels, contexts)
        if found is not None:
            yield position.vertex, found
        if state.is_root:
            return
        reached = self.reachability.reach(position.vertex)
        for graph in self.reachability.graph.holders(state.type_name, name):
            other = reached.get(graph)
            vertex = self.reachability.typed(other, state.type_name) if other else None
            if vertex is None:
                continue
            found = self.reachability.by_field(vertex, name, labels, contexts, entered_by_key=vertex is other)
            if found is not None:
                yield vertex, found

    def _contexts_below(self, type_name: str, vertex: Vertex, position: Position) -> Contexts:
        """The contexts that hold below a field of ``type_name``; its own replace those from further up."""
        if not self.visible.contexts:
            return EMPTY_CONTEXTS
        own = self.visible.contexts.get(type_name, ())
        return tuple(sorted((dict(position.contexts) | dict.fromkeys(own, vertex)).items(), key=_context_name))

    def _from_one_subgraph(self, merged: MergedField, state: State) -> None:
        """A mutation is called once: all that is below it must be answered beginning from one of its subgraphs."""
        attempts: list[Report] = []
        for graph in _subgraphs(state.positions):
            own = tuple(each for each in state.positions if each.vertex.subgraph.graph == graph)
            attempt = Report()
            walk = Walk(self.visible, self.reachability, self.views, attempt)
            walk.run([State(state.path, state.type_name, own, state.labels)])
            attempts.append(attempt)
            if not attempt.errors:
                self.report.hints += attempt.hints
                return
        message = (
            f'Mutation field "Mutation.{merged.name}" is in several subgraphs, and whichever of them is called, some '
            "of what is below it cannot be answered without calling it again in another: let one of them suffice."
        )
        reasons = "\n".join(error.message for attempt in attempts for error in attempt.errors)
        involved = [view for view in self.views if view.graph in _subgraphs(state.positions)]
        self.report.error(SATISFIABILITY_ERROR, f"{message}\n{reasons}", involved)

    def _report(
        self,
        path: Path,
        state: State,
        reasons: Iterable[str],
        type_name: str,
        merged: MergedField | None,
        *,
        is_leaf: bool = False,
    ) -> None:
        what = f'field "{type_name}.{merged.name}"' if merged else f'type "{type_name}"'
        lines = "\n".join(reasons)
        message = (
            f"The operation\n{path.example(is_leaf=is_leaf)}\ncannot be answered, because {what} is out of reach:\n"
            f"{lines}\nLet one of these subgraphs resolve it, or give the type a @key that leads to one that does."
        )
        graphs = _subgraphs(state.positions)
        places = [
            (view, element.fields[merged.name].node)
            for view in self.views
            if merged and (element := view.subgraph.types.get(type_name)) and merged.name in element.fields
        ]
        involved = [view for view in self.views if view.graph in graphs or any(view is each for each, _ in places)]
        self.report.error(SATISFIABILITY_ERROR, message, involved, places)


def _context_name(entry: tuple[str, Vertex]) -> str:
    return entry[0]


def _subgraphs(positions: Positions) -> list[str]:
    return list(dict.fromkeys(position.vertex.subgraph.graph for position in positions))


def _labels_for(merged: MergedField, labels: Labels) -> Iterator[Labels]:
    """The states of a progressive override to follow: the one that the path has taken, else both."""
    label = next((join.override_label for join in merged.joins if join.override_label), None)
    if label is None or label in labels:
        yield labels
    else:
        yield {**labels, label: True}
        yield {**labels, label: False}
