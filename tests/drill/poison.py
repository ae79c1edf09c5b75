"""Every token of every reader's grammar ten thousand times over, in every shape and place."""

import os
import subprocess
import sys


def drill() -> bool:
    """Whether it held."""
    law = "tests/hostile/test_poison.py"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-rP", "--timeout=36000", law]
    environment = os.environ | {"REDAKSI_DRILL": "1"}
    return subprocess.run(command, check=False, env=environment).returncode == 0
