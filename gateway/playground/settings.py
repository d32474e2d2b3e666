"""What an operator can set about the playground."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict


class RememberRule(BaseModel):
    """A value of an answer that later requests of the same browser tab are sent with.

    ``path`` is dotted, from ``data``. With ``send_as: bearer`` the value becomes the bearer token; with ``replaces`` it
    is sent wherever a variable equals that text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    send_as: Literal["bearer"] | None = None
    replaces: str | None = None


class PlaygroundSettings(BaseModel):
    """The playground section of the gateway's settings.

    ``tabs`` is a folder: each ``NAME.graphql`` is a tab, in name order, with ``NAME.variables.json`` beside it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = True
    title: str = "Agora"
    tabs: Path | None = None
    remember: tuple[RememberRule, ...] = ()
