"""Descriptions and deprecations, which mean the same wherever they stand. ``kind`` is FIELD, ENUM_VALUE and so on."""

from __future__ import annotations

from collections.abc import Iterator

from schema.checks.change import Change, safe


def description_changes(kind: str, path: str, before: str | None, after: str | None) -> Iterator[Change]:
    """A text for people came, went or changed."""
    if before == after:
        return
    if not before:
        yield safe(f"{kind}_DESCRIPTION_ADDED", path, "A description was added.")
    elif not after:
        yield safe(f"{kind}_DESCRIPTION_REMOVED", path, "The description was removed.")
    else:
        yield safe(f"{kind}_DESCRIPTION_CHANGED", path, "The description changed.")


def deprecation_changes(
    kind: str, path: str, before: str | None, after: str | None, *, directive_location: str
) -> Iterator[Change]:
    """``@deprecated`` came, went or has another reason; its use as a directive is named too."""
    if before == after:
        return
    if before is None:
        yield safe(f"{kind}_DEPRECATION_ADDED", path, f"It was deprecated: {after}")
        yield safe(f"DIRECTIVE_USAGE_{directive_location}_ADDED", path, "@deprecated was added.")
        yield safe("DIRECTIVE_USAGE_ARGUMENT_ADDED", path, "@deprecated was given its argument `reason`.")
    elif after is None:
        yield safe(f"{kind}_DEPRECATION_REMOVED", path, "It is no longer deprecated.")
        yield safe(f"DIRECTIVE_USAGE_{directive_location}_REMOVED", path, "@deprecated was removed.")
    else:
        yield safe(f"{kind}_DEPRECATION_REASON_CHANGED", path, f"It is deprecated for another reason: {after}")
