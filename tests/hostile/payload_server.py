"""The fork server whose children run a payload in place of the reading: what an attacker's code
could do there. Started by `ForkServer("tests.hostile.payload_server", "module:function")`."""

import importlib
import sys
from collections.abc import Callable
from typing import Any

from desk.sandbox import child, server


def main() -> None:
    """Serve as the real one does."""
    module, _, function = sys.argv[2].partition(":")
    payload: Callable[..., Any] = getattr(importlib.import_module(module), function)
    for name in ("read", "derive"):
        setattr(child, name, payload)  # a patch, said aloud
    server.main()


if __name__ == "__main__":
    main()
