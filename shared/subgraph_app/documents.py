"""Documents parsed and validated once: the gateway sends the same few texts again and again."""

from __future__ import annotations

from collections import Counter, OrderedDict
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    OperationDefinitionNode,
    ValuesOfCorrectTypeRule,
    parse,
    specified_rules,
    validate,
)

from shared.subgraph_app.request_body import BadRequest

# The gateway cannot judge the values of our scalars: those are the caller's mistake, all else is ours.
_STRUCTURE: Final = [rule for rule in specified_rules if rule is not ValuesOfCorrectTypeRule]

MAX_SAME_FIELD: Final = 100


class DocumentCache:
    """The last ``capacity`` valid documents by text, least recently used first out."""

    def __init__(self, schema: GraphQLSchema, *, capacity: int, max_tokens: int) -> None:
        self._schema = schema
        self._capacity = capacity
        self._max_tokens = max_tokens
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()

    def get(self, text: str) -> DocumentNode:
        """The valid document of ``text``. Raises BadRequest."""
        document = self._documents.get(text)
        if document is not None:
            self._documents.move_to_end(text)
            return document
        document = self._check(text)
        self._documents[text] = document
        if len(self._documents) > self._capacity:
            self._documents.popitem(last=False)
        return document

    def _check(self, text: str) -> DocumentNode:
        try:
            document = parse(text, no_location=True, max_tokens=self._max_tokens)
            _refuse_repetition(document)
            errors = validate(self._schema, document, _STRUCTURE, max_errors=5)
            bad_values = [] if errors else validate(self._schema, document, [ValuesOfCorrectTypeRule], max_errors=5)
        except GraphQLSyntaxError as error:
            raise BadRequest(400, "GRAPHQL_PARSE_FAILED", error.message) from error
        except GraphQLError as error:
            raise BadRequest(400, "GRAPHQL_VALIDATION_FAILED", error.message) from error
        except RecursionError as error:
            raise BadRequest(400, "GRAPHQL_PARSE_FAILED", "The document is nested too deeply.") from error
        if errors:
            raise BadRequest(400, "GRAPHQL_VALIDATION_FAILED", errors[0].message)
        if bad_values:
            raise BadRequest(400, "BAD_USER_INPUT", bad_values[0].message)
        return document


def _refuse_repetition(document: DocumentNode) -> None:
    """The rule that fields of one name must merge compares them in pairs: bound them before it runs."""
    open_sets = [
        node.selection_set
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    while open_sets:
        names: Counter[str] = Counter()
        merged = [open_sets.pop()]
        while merged:
            for selection in merged.pop().selections:
                if isinstance(selection, InlineFragmentNode):
                    merged.append(selection.selection_set)
                elif isinstance(selection, FieldNode):
                    names[(selection.alias or selection.name).value] += 1
                    if selection.selection_set is not None:
                        open_sets.append(selection.selection_set)
        if names and max(names.values()) > MAX_SAME_FIELD:
            raise BadRequest(400, "GRAPHQL_VALIDATION_FAILED", f"A field is repeated more than {MAX_SAME_FIELD} times.")
