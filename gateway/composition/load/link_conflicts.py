"""A spec is linked once, and a name stands for one element of one spec (https://specs.apollo.dev/link/v1.0/)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gateway.composition.elements import Link
from gateway.composition.errors import INVALID_LINK_DIRECTIVE_USAGE
from gateway.composition.problems import Problems
from gateway.federation.directives import LINK_IDENTITY, SISTER_SPECS


def check_link_conflicts(links: Sequence[Link], subgraph: str, problems: Problems) -> None:
    """Report specs linked twice, and names that could mean two things."""
    for link, message in (*_repeated(links), *_same_names(links), *_confusable(links)):
        problems.report(INVALID_LINK_DIRECTIVE_USAGE, message, subgraph, link.node)


def _repeated(links: Sequence[Link]) -> Iterator[tuple[Link, str]]:
    identities: set[str] = set()
    namespaces: dict[str, Link] = {}
    for link in links:
        if link.identity in identities:
            yield link, f"{link.identity} is linked twice: join the two @link into one."
            continue
        identities.add(link.identity)
        other = namespaces.setdefault(link.namespace, link)
        if other is not link and link.namespace:
            yield link, f'"{link.namespace}" names both {other.identity} and {link.identity}: rename one with "as".'


def _same_names(links: Sequence[Link]) -> Iterator[tuple[Link, str]]:
    """Names imported for two elements."""
    meanings: dict[str, tuple[str, str]] = {}
    for link in links:
        for element, name in _unprefixed(link):
            meaning = meanings.setdefault(name, (link.identity, element))
            if meaning != (link.identity, element):
                other = f"{meaning[1]} of {meaning[0]}"
                yield link, f'"{name}" stands for both {other} and {element} of {link.identity}: rename one with "as".'


def _unprefixed(link: Link) -> Iterator[tuple[str, str]]:
    """Elements of a spec, with their ``@``, and the names without a prefix that stand for them."""
    yield from link.imports.items()
    if link.identity in SISTER_SPECS and f"@{link.name}" not in link.imports:
        yield f"@{link.name}", f"@{link.namespace}"


def _confusable(links: Sequence[Link]) -> Iterator[tuple[Link, str]]:
    """Imported names that read like a prefixed name of another spec."""
    prefixes = {link.namespace: link.identity for link in links if link.namespace}
    prefixes.setdefault("link", LINK_IDENTITY)
    for link in links:
        for element, name in link.imports.items():
            bare = name.removeprefix("@")
            if element == f"@{link.name}" and bare == link.namespace:
                continue
            owner = prefixes.get(bare if name.startswith("@") and "__" not in bare else bare.partition("__")[0])
            if owner is None or (owner == link.identity and "__" in bare):
                continue
            if "__" in bare or name.startswith("@"):
                yield link, f'"{name}" imported from {link.identity} reads like a name of {owner}: rename it with "as".'
