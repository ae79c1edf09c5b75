"""Every function of the readers fails, each by itself."""

import os
import subprocess
import sys


def drill() -> bool:
    """Whether it held."""
    law = "tests/hostile/test_reader_errors.py"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-rP", "--timeout=36000", law]
    environment = os.environ | {"REDAKSI_DRILL": "1"}
    return subprocess.run(command, check=False, env=environment).returncode == 0
