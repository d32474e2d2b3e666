from pathlib import Path

import gateway
from gateway.composition.catalogue import render_catalogue

DOCUMENT = Path(gateway.__file__).parent.parent / "docs" / "composition-codes.md"


def test_the_document_lists_the_codes_of_today():
    assert DOCUMENT.read_text() == render_catalogue()
