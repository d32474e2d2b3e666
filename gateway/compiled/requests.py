"""What generated modules send and receive: bodies encoded, answers decoded into the module's structs.

Bodies are the same bytes that the general path would send, so that answers already here can serve it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


class EntityRequest:
    """The request of entity fetches that travel together.

    ``result_classes`` holds, for each fetch, the structs of its results by the representation's class. Which fetches
    have something to ask differs from one execution to the next: each combination has a form of its own.
    """

    def __init__(self, fetches: Sequence[Fetch], result_classes: Sequence[Mapping[type[Struct], type[Struct]]]) -> None:
        self._fetches = tuple(fetches)
        self._result_classes = tuple(result_classes)
        self._forms: dict[tuple[bool, ...], _Form] = {}

    def encode(self, variables: Mapping[str, Any], asked: Sequence[list[Struct]]) -> bytes | None:
        """The body to send for these representations of each fetch; None when there are none at all."""
        form = self._form(asked)
        return form.encode(variables, asked) if form is not None else None

    def decode(self, body: bytes, asked: Sequence[list[Struct]]) -> list[Any]:
        """For each fetch the results, one for each representation. Raises ``HandOver``."""
        form = self._form(asked)
        assert form is not None
        try:
            return form.decode(body, asked)
        except UNREADABLE:
            raise HandOver from None

    def _form(self, asked: Sequence[list[Struct]]) -> _Form | None:
        present = tuple([bool(each) for each in asked])
        form = self._forms.get(present)
        if form is None and any(present):
            form = self._forms[present] = _Form(present, self._fetches, self._result_classes)
        return form


class _Form:
    """The document for those fetches that have something to ask, and how its answer decodes."""

    def __init__(
        self,
        present: tuple[bool, ...],
        fetches: tuple[Fetch, ...],
        result_classes: tuple[Mapping[type[Struct], type[Struct]], ...],
    ) -> None:
        self._present = [index for index, here in enumerate(present) if here]
        self._fetches = [fetches[index] for index in self._present]
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
        self._by_type = [
            None if len(set(result_classes[index].values())) == 1 else _decoders(result_classes[index])
            for index in self._present
        ]
        members = [
            (f"m{number}", list[_result_type(result_classes[index])])  # type: ignore[misc]
            for number, index in enumerate(self._present)
        ]
        rename = {f"m{number}": key for number, key in enumerate(keys)}
        data = msgspec.defstruct("Data", members, rename=rename, gc=False)
        answer = msgspec.defstruct("Answer", [("data", data), *_ENVELOPE], kw_only=True, gc=False)
        self._decode: Callable[[bytes], Any] = msgspec.json.Decoder(answer).decode
        self._members = list(rename)
        self._count = len(present)

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

    def decode(self, body: bytes, asked: Sequence[list[Struct]]) -> list[Any]:
        data = self._decode(body).data
        results: list[Any] = [()] * self._count
        for member, index, decoders in zip(self._members, self._present, self._by_type, strict=True):
            found = getattr(data, member)
            representations = asked[index]
            if len(found) != len(representations):
                raise HandOver
            if decoders is not None:
                found = [
                    decoders[type(representation)](raw)
                    for representation, raw in zip(representations, found, strict=True)
                ]
            results[index] = found
        return results


def _result_type(classes: Mapping[type[Struct], type[Struct]]) -> Any:
    """Results of one type decode at once; of several, each by the type of its representation."""
    distinct = set(classes.values())
    return Raw if len(distinct) > 1 else distinct.pop() | None


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
