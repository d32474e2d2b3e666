"""What generated modules send and receive: bodies encoded, answers decoded into the module's structs.

Bodies are the same bytes that the general path would send, so that answers already here can serve it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from gateway.compiled.refusal import UNREADABLE, HandOver
from gateway.compiled.schema_view import TYPENAME
from gateway.executor.batch_document import batch_document
from gateway.executor.request_body import client_variables, encode_body
from gateway.query_plan import Fetch

# ``errors`` may only be absent or null; anything else does not decode, and the general path reports it.
_ENVELOPE = [("errors", None | UnsetType, UNSET)]


class RootRequest:
    """The request of a root fetch; ``data_class`` is the struct of its ``data``."""

    def __init__(self, fetch: Fetch, data_class: type[Struct]) -> None:
        self._fetch = fetch
        answer = msgspec.defstruct("Answer", [("data", data_class), *_ENVELOPE], kw_only=True, gc=False)
        self._decode: Callable[[bytes], Any] = msgspec.json.Decoder(answer).decode
        self._constant = None if fetch.variables else self._encode({})

    def encode(self, variables: Mapping[str, Any]) -> bytes:
        """The body to send."""
        return self._constant or self._encode(client_variables(self._fetch, variables))

    def decode(self, body: bytes) -> Any:
        """``data``. Raises ``HandOver``."""
        try:
            return self._decode(body).data
        except UNREADABLE:
            raise HandOver from None

    def _encode(self, variables: Mapping[str, Any]) -> bytes:
        return encode_body(self._fetch.operation, self._fetch.operation_name, variables)


class EntityPart:
    """One ``_entities`` field, and what its results decode into.

    ``result_classes`` holds, for each step, the structs of its results by the representation's class. Results that all
    decode into one struct are decoded at once, and all steps read the same; others are decoded by each step's own.
    """

    def __init__(self, fetch: Fetch, result_classes: Sequence[Mapping[type[Struct], type[Struct]]]) -> None:
        distinct = {result for classes in result_classes for result in classes.values()}
        self.fetch = fetch
        self.steps = len(result_classes)
        # A part without any class never has anything to ask.
        self.result_type: Any = distinct.pop() | None if len(distinct) == 1 else Raw
        self._decoders = None if self.result_type is not Raw else [_decoders(classes) for classes in result_classes]

    def results(self, found: list[Any], asked: list[Struct], where: Sequence[list[int]]) -> Iterable[list[Any]]:
        """For each step the results, ``results[i]`` for representation ``i``; None where the step has not asked."""
        if self._decoders is None:
            return (found,) * self.steps
        return [
            _decode_asked(decoders, found, asked, places)
            for decoders, places in zip(self._decoders, where, strict=True)
        ]


def _decode_asked(
    decoders: Mapping[type[Struct], Callable[[Raw], Any]], found: list[Raw], asked: list[Struct], where: list[int]
) -> list[Any]:
    results: list[Any] = [None] * len(found)
    for index in set(where):
        results[index] = decoders[type(asked[index])](found[index])
    return results


class EntityRequest:
    """The request of entity fetches that travel together.

    Which parts have something to ask differs from one execution to the next: each combination has a form of its own.
    """

    def __init__(self, parts: Sequence[EntityPart]) -> None:
        self._parts = tuple(parts)
        self._forms: dict[tuple[bool, ...], _Form] = {}

    def encode(self, variables: Mapping[str, Any], asked: Sequence[list[Struct]]) -> bytes | None:
        """The body to send for these representations of each part; None when there are none at all."""
        form = self._form(asked)
        return form.encode(variables, asked) if form is not None else None

    def decode(self, body: bytes, asked: Sequence[list[Struct]], where: Sequence[list[int]]) -> list[Any]:
        """For each step of each part the results, one for each representation of the part.

        ``where`` are, for each step, the indexes of the representations that it has asked for. Raises ``HandOver``.
        """
        form = self._form(asked)
        assert form is not None
        try:
            return form.decode(body, asked, where)
        except UNREADABLE:
            raise HandOver from None

    def _form(self, asked: Sequence[list[Struct]]) -> _Form | None:
        present = tuple([bool(each) for each in asked])
        form = self._forms.get(present)
        if form is None and any(present):
            form = self._forms[present] = _Form(present, self._parts)
        return form


class _Form:
    """The document for those parts that have something to ask, and how its answer decodes."""

    def __init__(self, present: tuple[bool, ...], parts: tuple[EntityPart, ...]) -> None:
        self._present = [index for index, here in enumerate(present) if here]
        self._parts = parts
        self._fetches = [parts[index].fetch for index in self._present]
        if len(self._fetches) == 1:
            (fetch,) = self._fetches
            document, name, keys = fetch.operation, fetch.operation_name, ["_entities"]
            self._variables = ["representations"]
        else:
            batch = batch_document(tuple(self._fetches))
            document, name, keys = batch.text, batch.operation_name, [part.alias for part in batch.parts]
            self._variables = [part.representations for part in batch.parts]
        # Everything before the variables is constant; the encoder puts a value in place of a marker.
        whole = encode_body(document, name, {"v": 0})
        self._start = whole[: -len(b'{"v":0}}')]
        self._client_variables = any(
            variable.name != "representations" for fetch in self._fetches for variable in fetch.variables
        )
        members = [(f"m{index}", list[parts[index].result_type]) for index in self._present]  # type: ignore[misc]
        rename = {f"m{index}": key for index, key in zip(self._present, keys, strict=True)}
        data = msgspec.defstruct("Data", members, rename=rename, gc=False)
        answer = msgspec.defstruct("Answer", [("data", data), *_ENVELOPE], kw_only=True, gc=False)
        self._decode: Callable[[bytes], Any] = msgspec.json.Decoder(answer).decode

    def encode(self, variables: Mapping[str, Any], asked: Sequence[list[Struct]]) -> bytes:
        sent: dict[str, Any] = {name: asked[index] for name, index in zip(self._variables, self._present, strict=True)}
        if self._client_variables:
            sent = self._with_client_variables(sent, variables)
        return self._start + msgspec.json.encode(sent) + b"}"

    def _with_client_variables(self, sent: dict[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
        ordered: dict[str, Any] = {}
        for (name, representations), fetch in zip(sent.items(), self._fetches, strict=True):
            ordered[name] = representations
            ordered.update(client_variables(fetch, variables))
        return ordered

    def decode(self, body: bytes, asked: Sequence[list[Struct]], where: Sequence[list[int]]) -> list[Any]:
        data = self._decode(body).data
        results: list[Any] = []
        for index, part in enumerate(self._parts):
            representations = asked[index]
            if not representations:
                results += ((),) * part.steps
                continue
            found = getattr(data, f"m{index}")
            if len(found) != len(representations):
                raise HandOver
            first = len(results)
            results += part.results(found, representations, where[first : first + part.steps])
        return results


def _decoders(classes: Mapping[type[Struct], type[Struct]]) -> dict[type[Struct], Any]:
    return {representation: msgspec.json.Decoder(result | None).decode for representation, result in classes.items()}


def is_blank(value: Any) -> bool:
    """Whether nothing but type names and nulls is in a representation: no subgraph could know the entity."""
    if isinstance(value, Struct):
        members = type(value).__struct_fields__
        keys = type(value).__struct_encode_fields__
        return all(
            key == TYPENAME or is_blank(getattr(value, member)) for member, key in zip(members, keys, strict=True)
        )
    return value is None
