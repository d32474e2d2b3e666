"""``python -m deploy.healthcheck URL``: whether a service answers 200, for images without curl."""

from __future__ import annotations

import sys
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import urlopen

_TIMEOUT_S = 4.0


def main(url: str) -> int:
    """0 if the address answers 200; else 1 and the reason in one line."""
    try:
        with urlopen(url, timeout=_TIMEOUT_S) as answer:  # noqa: S310 - the address stands in compose.yaml
            status: int = answer.status
    except (URLError, HTTPException, OSError, ValueError) as error:
        sys.stderr.write(f"{url}: {error}\n")
        return 1
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
