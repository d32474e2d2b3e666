"""Query plans as Apollo's JSON form, which plan viewers read, and as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from gateway.query_plan import (
    ConditionNode,
    DeferNode,
    EachItem,
    Fetch,
    Flatten,
    Key,
    OnTypes,
    Parallel,
    PlanNode,
    QueryPlan,
    RenameKey,
    ResponsePath,
    Rewrite,
    Sequence,
    SubscriptionNode,
)
from gateway.selection_set import Field, SelectionSet
from gateway.selection_text import compact, pretty

Json = dict[str, Any]


def plan_json(plan: QueryPlan) -> Json:
    """``{"kind": "QueryPlan", "node": …}``; without ``node`` when nothing is fetched."""
    return {"kind": "QueryPlan"} | ({"node": _node_json(plan.node)} if plan.node is not None else {})


def plan_text(plan: QueryPlan) -> str:
    """The plan, indented, each fetch with the selections it sends."""
    if plan.node is None:
        return "QueryPlan {}"
    return "\n".join(("QueryPlan {", *_indented(_node_lines(plan.node)), "}"))


def path_text(path: ResponsePath) -> str:
    """``topProducts.@.author``, with ``|[A,B]`` where only objects of some types go on."""
    return ".".join(_path_steps(path))


def _path_steps(path: ResponsePath) -> list[str]:
    steps: list[str] = []
    for element in path:
        match element:
            case Key(name=name):
                steps.append(name)
            case EachItem():
                steps.append("@")
            case OnTypes(types=types):
                steps.append((steps.pop() if steps else "") + f"|[{','.join(types)}]")
            case _:
                assert_never(element)
    return steps


def _node_json(node: PlanNode) -> Json:
    match node:
        case Fetch():
            return _fetch_json(node)
        case Flatten():
            return {"kind": "Flatten", "path": _path_steps(node.path), "node": _node_json(node.node)}
        case Sequence() | Parallel():
            return {"kind": type(node).__name__, "nodes": [_node_json(child) for child in node.nodes]}
        case ConditionNode():
            branches = {"ifClause": node.if_node, "elseClause": node.else_node}
            return {"kind": "Condition", "condition": node.variable} | {
                name: _node_json(branch) for name, branch in branches.items() if branch is not None
            }
        case DeferNode():
            primary: Json = {"subselection": compact(node.primary_selections)} if node.primary_selections else {}
            if node.primary is not None:
                primary["node"] = _node_json(node.primary)
            return {
                "kind": "Defer",
                "primary": primary,
                "deferred": [
                    {"depends": [{"id": str(number)} for number in part.depends]}
                    | ({"label": part.label} if part.label is not None else {})
                    | {"queryPath": _path_steps(part.path), "subselection": compact(part.selections)}
                    | ({"node": _node_json(part.node)} if part.node is not None else {})
                    for part in node.deferred
                ],
            }
        case SubscriptionNode():
            rest = {"rest": _node_json(node.rest)} if node.rest is not None else {}
            return {"kind": "Subscription", "primary": _fetch_json(node.primary)} | rest
        case _:
            assert_never(node)


def _fetch_json(fetch: Fetch) -> Json:
    json: Json = {"kind": "Fetch", "serviceName": fetch.subgraph, "id": str(fetch.id)}
    if fetch.requires:
        json["requires"] = _requires_json(fetch.requires)
    json["variableUsages"] = [item.name for item in fetch.variables]
    json["operation"] = fetch.operation
    if fetch.operation_name is not None:
        json["operationName"] = fetch.operation_name
    json["operationKind"] = fetch.kind.value
    if fetch.input_rewrites:
        json["inputRewrites"] = [_rewrite_json(item) for item in fetch.input_rewrites]
    if fetch.output_rewrites:
        json["outputRewrites"] = [_rewrite_json(item) for item in fetch.output_rewrites]
    if fetch.context_values:
        json["contextRewrites"] = [
            {
                "kind": "KeyRenamer",
                "path": [".."] * item.parents_up + _rewrite_path(item.path),
                "renameKeyTo": item.variable,
            }
            for item in fetch.context_values
        ]
    return json


def _requires_json(selections: SelectionSet) -> list[Json]:
    found: list[Json] = []
    for selection in selections:
        inner = {"selections": _requires_json(selection.selections)} if selection.selections is not None else {}
        if isinstance(selection, Field):
            alias = {"alias": selection.alias} if selection.alias else {}
            found.append({"kind": "Field", **alias, "name": selection.name, **inner})
        else:
            found.append({"kind": "InlineFragment", "typeCondition": selection.type_condition, **inner})
    return found


def _rewrite_json(rewrite: Rewrite) -> Json:
    path = _rewrite_path(rewrite.path)
    if isinstance(rewrite, RenameKey):
        return {"kind": "KeyRenamer", "path": path, "renameKeyTo": rewrite.new_name}
    return {"kind": "ValueSetter", "path": path, "setValueTo": rewrite.value}


def _rewrite_path(path: ResponsePath) -> list[str]:
    steps = []
    for element in path:
        match element:
            case Key(name=name):
                steps.append(name)
            case EachItem():
                steps.append("@")
            case OnTypes(types=types):
                steps.append(f"... on {','.join(types)}")
            case _:
                assert_never(element)
    return steps


def _node_lines(node: PlanNode) -> Iterator[str]:
    match node:
        case Fetch():
            yield from _fetch_lines(node)
        case Flatten():
            yield f'Flatten(path: "{path_text(node.path)}") {{'
            yield from _indented(_node_lines(node.node))
            yield "},"
        case Sequence() | Parallel():
            yield f"{type(node).__name__} {{"
            for child in node.nodes:
                yield from _indented(_node_lines(child))
            yield "},"
        case ConditionNode():
            yield from _condition_lines(node)
        case DeferNode():
            yield from _defer_lines(node)
        case SubscriptionNode():
            yield "Subscription {"
            yield from _indented(_block("Primary:", node.primary))
            if node.rest is not None:
                yield from _indented(_block("Rest:", node.rest))
            yield "},"
        case _:
            assert_never(node)


def _fetch_lines(fetch: Fetch) -> Iterator[str]:
    yield f'Fetch(service: "{fetch.subgraph}", id: {fetch.id}) {{'
    if fetch.requires:
        yield from _indented(pretty(fetch.requires).splitlines()[:-1])
        yield "  } =>"
    yield from _indented(pretty(fetch.selections).splitlines())
    yield "},"


def _condition_lines(node: ConditionNode) -> Iterator[str]:
    if node.if_node is not None and node.else_node is not None:
        yield f"Condition(if: ${node.variable}) {{"
        yield from _indented(_block("Then:", node.if_node))
        yield from _indented(_block("Else:", node.else_node))
    elif node.if_node is not None:
        yield f"Include(if: ${node.variable}) {{"
        yield from _indented(_node_lines(node.if_node))
    elif node.else_node is not None:
        yield f"Skip(if: ${node.variable}) {{"
        yield from _indented(_node_lines(node.else_node))
    yield "},"


def _defer_lines(node: DeferNode) -> Iterator[str]:
    yield "Defer {"
    yield "  Primary {"
    if node.primary_selections:
        yield from _indented(_indented(pretty(node.primary_selections).splitlines()))
    if node.primary is not None:
        yield from _indented(_indented(_node_lines(node.primary)))
    yield "  }, ["
    for part in node.deferred:
        label = f', label: "{part.label}"' if part.label is not None else ""
        yield f'    Deferred(depends: {list(part.depends)}, path: "{path_text(part.path)}"{label}) {{'
        if part.selections:
            yield from _indented(_indented(_indented(pretty(part.selections).splitlines())))
        if part.node is not None:
            yield from _indented(_indented(_indented(_node_lines(part.node))))
        yield "    },"
    yield "  ]"
    yield "},"


def _block(head: str, node: PlanNode) -> Iterator[str]:
    yield f"{head} {{"
    yield from _indented(_node_lines(node))
    yield "}"


def _indented(lines: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        yield f"  {line}"
