"""What the field-set rules have in common: following a field set through a subgraph's types and noting its faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from graphql import NonNullTypeNode, StringValueNode, TypeNode, parse_value

from gateway.ast_text import base_type_name, type_text
from gateway.composition.elements import DirectiveUse, FieldElement, TypeElement
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.composition.values import fits
from gateway.federation.field_set import InvalidFieldSet, parse_field_set
from gateway.selection_set import Directive, Field, Selection, SelectionSet
from gateway.supergraph.model import TypeKind

COMPOSITE = frozenset({TypeKind.OBJECT, TypeKind.INTERFACE, TypeKind.UNION})


class FaultKind(Enum):
    """Kinds of faults, for each of which ``@key``, ``@provides`` and ``@requires`` may have a code of their own."""

    NOT_A_STRING = auto()
    INVALID = auto()
    MISSING = auto()
    DIRECTIVE = auto()
    ARGUMENTS = auto()
    NOT_EXTERNAL = auto()
    ABSTRACT = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    """``message`` continues a sentence that begins with the directive and where it stands."""

    kind: FaultKind
    message: str

    @property
    def sentence(self) -> str:
        """The message with what to do about it."""
        return f"{self.message}: {_ADVICE[self.kind]}."


_ADVICE: Mapping[FaultKind, str] = {
    FaultKind.NOT_A_STRING: 'write it as in fields: "id"',
    FaultKind.INVALID: "correct the field set",
    FaultKind.MISSING: "add the field, marked @external if another subgraph resolves it",
    FaultKind.DIRECTIVE: "remove it",
    FaultKind.ARGUMENTS: "select another field",
    FaultKind.NOT_EXTERNAL: "mark it @external if another subgraph resolves it, else leave it out",
    FaultKind.ABSTRACT: "select fields of other types",
}


@dataclass(frozen=True, slots=True)
class FieldSetCheck:
    """What is demanded of the field sets of one directive.

    ``external_leaves``: leaves must be external, or lie below an external field. ``arguments``: fields may take
    arguments. ``abstract``: fields may be of interface or union type.
    """

    view: SubgraphView
    external_leaves: bool
    arguments: bool
    abstract: bool

    def faults(self, use: DirectiveUse, type_name: str) -> Iterator[Fault]:
        """All faults of the field set that ``use`` gives, selecting from ``type_name``."""
        value = use.arguments.get("fields")
        if not isinstance(value, StringValueNode):
            yield Fault(FaultKind.NOT_A_STRING, 'needs a string for "fields"')
            return
        try:
            selections = parse_field_set(value.value)
        except InvalidFieldSet as error:
            yield Fault(FaultKind.INVALID, f"cannot be read: {error}")
            return
        yield from self._selections(selections, type_name, below_external=False)

    def _selections(self, selections: SelectionSet, type_name: str, *, below_external: bool) -> Iterator[Fault]:
        for selection in selections:
            yield from self._directives(selection)
            if isinstance(selection, Field):
                yield from self._field(selection, type_name, below_external=below_external)
                continue
            condition = selection.type_condition or type_name
            element = self.view.types.get(condition)
            if element is None or element.kind not in COMPOSITE:
                yield Fault(FaultKind.INVALID, f"has a fragment on {condition}, which is no type with fields")
            else:
                yield from self._selections(selection.selections, condition, below_external=below_external)

    def _directives(self, selection: Selection) -> Iterator[Fault]:
        for directive in selection.directives:
            yield Fault(FaultKind.DIRECTIVE, f"must not apply directives, but applies @{directive.name}")
            if not self._is_executable(directive):
                yield Fault(FaultKind.INVALID, f"applies the unknown directive @{directive.name}")

    def _is_executable(self, directive: Directive) -> bool:
        return directive.name in ("skip", "include") or directive.name in self.view.subgraph.directives

    def _field(self, selection: Field, type_name: str, *, below_external: bool) -> Iterator[Fault]:
        if selection.alias is not None:
            message = f"must not use aliases, but renames {selection.name} to {selection.alias}"
            yield Fault(FaultKind.INVALID, message)
        element = self.view.types.get(type_name)
        coordinate = f"{type_name}.{selection.name}"
        if selection.name == "__typename":
            if self.external_leaves and not below_external:
                yield Fault(FaultKind.NOT_EXTERNAL, f"selects {coordinate}, which the subgraph always resolves itself")
            return
        field = element.fields.get(selection.name) if element is not None else None
        if field is None:
            yield Fault(FaultKind.MISSING, f"selects {coordinate}, which does not exist")
            return
        if field.arguments and not self.arguments:
            yield Fault(FaultKind.ARGUMENTS, f"selects {coordinate}, which takes arguments")
        yield from self._argument_faults(selection, field, coordinate)
        yield from self._below(selection, field, type_name, below_external=below_external)

    def _below(self, selection: Field, field: FieldElement, type_name: str, *, below_external: bool) -> Iterator[Fault]:
        coordinate = f"{type_name}.{field.name}"
        target = base_type_name(field.type)
        element = self.view.types.get(target)
        composite = element is not None and element.kind in COMPOSITE
        if element is not None and not self.abstract and element.kind in (TypeKind.INTERFACE, TypeKind.UNION):
            yield Fault(FaultKind.ABSTRACT, f"selects {coordinate}, whose type {target} is {_a(element)}")
        if composite != bool(selection.selections):
            want = "needs a selection of its fields" if composite else "has no fields to select"
            yield Fault(FaultKind.INVALID, f"selects {coordinate} of type {target}, which {want}")
            return
        external = below_external or self._is_external(type_name, field.name, leaf=not composite)
        if selection.selections:
            yield from self._selections(selection.selections, target, below_external=external)
        elif self.external_leaves and not external:
            message = f"selects {coordinate}, which the subgraph resolves itself, since it is not marked @external"
            yield Fault(FaultKind.NOT_EXTERNAL, message)

    def _is_external(self, type_name: str, field: str, *, leaf: bool) -> bool:
        if (type_name, field) in self.view.usage.external:
            return True
        if leaf:
            return False
        return any((name, field) in self.view.usage.external for name in self.view.implementations.get(type_name, ()))

    def _argument_faults(self, selection: Field, field: FieldElement, coordinate: str) -> Iterator[Fault]:
        for argument in selection.arguments:
            known = field.arguments.get(argument.name)
            if known is None:
                yield Fault(FaultKind.INVALID, f'gives {coordinate} the unknown argument "{argument.name}"')
            elif argument.variables or not self._fits(argument.value, known.type):
                wanted = type_text(known.type)
                yield Fault(FaultKind.INVALID, f"gives {coordinate}({argument.name}:) a value that is no {wanted}")
        yield from self._missing_arguments(selection, field, coordinate)

    def _missing_arguments(self, selection: Field, field: FieldElement, coordinate: str) -> Iterator[Fault]:
        given = {argument.name for argument in selection.arguments}
        for known in field.arguments.values():
            if known.name not in given and isinstance(known.type, NonNullTypeNode) and known.default is None:
                yield Fault(FaultKind.INVALID, f'lacks the required argument "{known.name}" of {coordinate}')

    def _fits(self, text: str, expected: TypeNode) -> bool:
        return fits(parse_value(text, no_location=True), expected, self.view.types)


def _a(element: TypeElement) -> str:
    return "a union" if element.kind is TypeKind.UNION else "an interface"
