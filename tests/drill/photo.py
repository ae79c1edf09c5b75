"""Seven kinds of damage to camera files, two hundred times each: what of the visible is found."""

import os
import subprocess
import sys


def drill() -> bool:
    """Whether it held."""
    law = "tests/unit/read_photo/test_damage.py"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-s", "--timeout=3600", law]
    environment = os.environ | {"REDAKSI_DRILL": "1"}
    return subprocess.run(command, check=False, env=environment).returncode == 0
