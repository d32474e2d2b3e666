"""``${env.NAME}`` in a composition config stands for a variable of the environment, as it does for rover."""

from __future__ import annotations

import re
from collections.abc import Mapping

_REFERENCE = re.compile(r"\$\{env\.([^}]*)\}")


class UnsetVariable(ValueError):
    """A config refers to a variable that the environment lacks; the message names it."""


def expand_environment(text: str, environment: Mapping[str, str]) -> str:
    """A text of the config with its references replaced.

    :raises UnsetVariable: a variable is not set; one that is empty is.
    """
    return _REFERENCE.sub(lambda found: _value(found[1], environment), text)


def _value(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name)
    if value is None:
        raise UnsetVariable(f'it refers to the environment variable "{name}", which is not set')
    return value
