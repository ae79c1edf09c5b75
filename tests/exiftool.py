"""What exiftool, which nobody here wrote, reads in pictures."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest


def read_all(paths: Sequence[Path], *options: str) -> list[dict[str, Any]]:
    """Every tag of each picture by "Group:Name", numbers as they are stored, in order."""
    if shutil.which("exiftool") is None:
        pytest.skip("needs exiftool")
    command = [
        "exiftool",
        "-j",
        "-n",
        "-G1",
        "-a",
        "-struct",
        "-charset",
        "filename=utf8",
        *options,
    ]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=False)
    tags: list[dict[str, Any]] = json.loads(done.stdout)
    assert [Path(each["SourceFile"]) for each in tags] == list(paths), done.stderr
    return tags


def validate_all(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """What exiftool's -validate finds wrong, by the name of the file; {}: nothing."""
    found = read_all(paths, "-validate", "-warning", "-error")
    return {
        Path(each.pop("SourceFile")).name: each
        for each in found
        if each.get("ExifTool:Validate") != "0 0 0"
    }
