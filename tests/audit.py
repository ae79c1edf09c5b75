"""What `make audit` does: known vulnerabilities of what the lock pins, by pip-audit.

`python -m tests.audit PIP_AUDIT LOCK` exits 1 when something is known or a package could not be
looked up, 0 when nothing is known, and 0 with a line of its own where no data can be reached:
behind a mirror pip-audit finds no package at all, and says "no known vulnerabilities" of that.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass

SOURCES = ("osv", "pypi")
OUT_OF_REACH = "skipped: the advisories' data cannot be reached from here"


@dataclass(frozen=True)
class Audit:
    """What one source knows: how many packages it has looked up, and what it found."""

    looked_up: int
    vulnerable: tuple[str, ...]
    unknown: tuple[str, ...]


def read_audit(report: str) -> Audit | None:
    """The report of `pip-audit --format json`; None where it has reached no data."""
    try:
        packages = json.loads(report)["dependencies"]
    except ValueError:
        return None
    unknown = tuple(p["name"] for p in packages if "skip_reason" in p)
    vulnerable = tuple(
        f"{p['name']} {p['version']}: {v['id']}, mended in {', '.join(v['fix_versions']) or '-'}"
        for p in packages
        for v in p.get("vulns", [])
    )
    looked_up = len(packages) - len(unknown)
    return Audit(looked_up, vulnerable, unknown) if looked_up else None


def judge(audit: Audit | None) -> tuple[int, list[str]]:
    """The exit code of `make audit`, and its lines."""
    if audit is None:
        return 0, [OUT_OF_REACH]
    lines = [*audit.vulnerable, *(f"{name}: could not be looked up" for name in audit.unknown)]
    return int(bool(lines)), [*lines, f"{audit.looked_up} packages looked up"]


def ask(program: str, lock: str, sources: Iterable[str] = SOURCES) -> Audit | None:
    """The first source that answers; None when none does."""
    options = ["--require-hashes", "--disable-pip", "--format=json", "--progress-spinner=off"]
    for source in sources:
        ran = subprocess.run(
            [program, "-r", lock, "-s", source, *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if audit := read_audit(ran.stdout):
            return audit
    return None


def main() -> int:
    """Ask, print, and say it by the exit code."""
    program, lock = sys.argv[1:]
    code, lines = judge(ask(program, lock))
    sys.stdout.writelines(f"make audit: {line}\n" for line in lines)
    return code


if __name__ == "__main__":
    sys.exit(main())
