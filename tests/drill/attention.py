"""Two thousand random histories on each database: who must look, as kept with every event, is what
the whole history says."""

import os
import subprocess
import sys


def drill() -> bool:
    """Whether it held."""
    law = "tests/contract/test_attention.py::test_what_stands_is_what_the_history_says"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--timeout=3600", law]
    environment = os.environ | {"REDAKSI_DRILL": "1"}
    return subprocess.run(command, check=False, env=environment).returncode == 0
