"""Two hundred random histories on each database: generated pages, the desk's lists and the counts
say the same, row for row."""

import os
import subprocess
import sys


def drill() -> bool:
    """Whether they did."""
    law = "tests/contract/test_desk_one_truth.py"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--timeout=3600", law]
    environment = os.environ | {"REDAKSI_DRILL": "1"}
    return subprocess.run(command, check=False, env=environment).returncode == 0
