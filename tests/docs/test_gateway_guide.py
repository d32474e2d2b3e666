"""docs/gateway-settings.md names every setting with its default, docs/gateway.md every error code; and none else."""

import re
from collections.abc import Mapping

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from gateway.errors import ErrorCode
from gateway.settings import GatewaySettings, IssuerSettings, SubgraphSettings

LISTED = {"subgraphs": ("subgraphs.<name>", SubgraphSettings)}
BESIDE = [("authentication.issuers[]", IssuerSettings)]


def settings():
    """Dotted key to default, as the reference writes both."""
    found = {}
    for name, field in GatewaySettings.model_fields.items():
        prefix, model = LISTED.get(name, (name, field.annotation))
        if isinstance(model, type) and issubclass(model, BaseModel):
            found |= keys(prefix, model)
        else:
            found[name] = written(field)
    for prefix, model in BESIDE:
        found |= keys(prefix, model)
    return found


def keys(prefix, model):
    return {f"{prefix}.{name}": written(field) for name, field in model.model_fields.items()}


def written(field):
    match field.default:
        case _ if field.is_required():
            return "required"
        case bool(value):
            return str(value).lower()
        case int(value) if value >= 1024 * 1024 and value % (1024 * 1024) == 0:
            return f"{value // (1024 * 1024)} MiB"
        case int(value) if value >= 1024 and value % 1024 == 0:
            return f"{value // 1024} KiB"
        case frozenset(values) if values:
            return ", ".join(sorted(values))
        case tuple(values) if values:
            return ", ".join(values)
        case None | () | frozenset() | Mapping():
            return "–"
        case value if value is PydanticUndefined:
            return "–"
        case value:
            return str(value)


def table(text, columns):
    row = r"^\| (`[^|]+`) \| " + " \\| ".join([r"([^|]+)"] * (columns - 1)) + r" \|$"
    return {
        name: cells for names, *cells in re.findall(row, text, re.MULTILINE) for name in re.findall("`(.+?)`", names)
    }


def test_every_setting_is_named_with_its_default(root):
    reference = (root / "docs" / "gateway-settings.md").read_text()
    documented = {name: cells[0] for name, cells in table(reference, 3).items()}
    assert documented == settings()


def test_every_variable_is_named(root):
    reference = (root / "docs" / "gateway-settings.md").read_text()
    code = (root / "gateway" / "read_settings.py").read_text()
    documented = set(table(reference.split("\n## Variables\n")[1], 2))
    assert documented == set(re.findall(r"\b(?:GATEWAY|AGORA)_[A-Z_]+\b|SUBGRAPH_<NAME>_URL", code))


def test_every_error_code_is_named(root):
    guide = (root / "docs" / "gateway.md").read_text()
    assert set(table(guide.split("\n## Error codes\n")[1], 3)) == {code.value for code in ErrorCode}
