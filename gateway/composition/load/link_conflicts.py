"""A spec is linked once, and a name stands for one element of one spec (https://specs.apollo.dev/link/v1.0/)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphql import DirectiveNode

from gateway.composition.elements import Link
from gateway.composition.errors import INVALID_GRAPHQL, INVALID_LINK_DIRECTIVE_USAGE
from gateway.composition.load.link_arguments import LINK_VERSION, LINKING_SPECS, link_text, linked_identity
from gateway.composition.problems import Problems
from gateway.federation.directives import FEDERATION_IDENTITY, LINK_IDENTITY, SISTER_SPECS


def check_defines_itself(uses: Sequence[DirectiveNode], name: str, subgraph: str, problems: Problems) -> None:
    """Report a first @link that links the link spec under another name: it defines that one, and not itself."""
    if uses and linked_identity(uses[0]) == LINK_IDENTITY and (link_text(uses[0], "as") or "link") != name:
        message = f'unknown directive @{name} on schema: leave out the "as" of this @{name}, or define the directive.'
        problems.report(INVALID_GRAPHQL, message, subgraph, uses[0])


def check_link_conflicts(links: Sequence[Link], implied: Sequence[Link], subgraph: str, problems: Problems) -> None:
    """Report specs linked twice, and names that could mean two things.

    ``implied`` are links that no text says: that to the link spec comes first.
    """
    to_link, *upgrade = implied
    said = any(link.namespace == to_link.namespace and _is_linking_spec(link, links) for link in links)
    everything = (*(() if said else (to_link,)), *links, *upgrade)
    for link, message in (*_repeated(everything), *_same_names(everything), *_confusable(everything)):
        problems.report(INVALID_LINK_DIRECTIVE_USAGE, message, subgraph, link.node)


def _is_linking_spec(link: Link, links: Sequence[Link]) -> bool:
    """Whether a link is that to the link spec itself; with federation, no other version of it can be meant."""
    if link.identity != LINK_IDENTITY:
        return link.identity in LINKING_SPECS
    return link.version == LINK_VERSION or all(other.identity != FEDERATION_IDENTITY for other in links)


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
    """Imported names that read like a prefixed name of a spec, unless they are just that."""
    namespaces = {link.namespace: link for link in links}
    for link in links:
        for element, name in link.imports.items():
            bare, original = name.removeprefix("@"), element.removeprefix("@")
            prefix, prefixed, rest = bare.partition("__")
            if not prefixed and not name.startswith("@"):
                continue
            owner = namespaces.get(prefix)
            if owner is not None and (owner is not link or original != (rest if prefixed else link.name)):
                yield (
                    link,
                    f'"{name}" imported from {link.identity} reads like a name of "{prefix}": rename it with "as".',
                )
