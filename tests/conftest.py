"""What every test shares: missing components are named once, at the end; REDAKSI_REQUIRE_ALL
makes them failures."""

import os
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.dovecot", "tests.wordpress", "tests.clamd"]

APT = {
    "dovecot": "dovecot-imapd",
    "postgres": "postgresql",
    "chromium": "chromium",
    "libreoffice": "libreoffice-writer",
    "pdftotext": "poppler-utils",
    "openssl": "openssl",
    "mbsync": "isync",
    "postfix": "postfix",
    "exiftool": "libimage-exiftool-perl",
    "wordpress": "wordpress mariadb-server php-cli php-mysql php-gd",
}
FOLDERS = {
    "corpus": "REDAKSI_CORPUS=../shared/corpus",
    "cases": "REDAKSI_CASES=../shared/cases",
}
# CI must say the same of the same commit twice; a developer's runs keep looking for new examples.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
_NEEDS = re.compile(r"needs (\w+)")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real files nobody here wrote."""
    told = os.environ.get("REDAKSI_CORPUS", "")
    if not told or not Path(told).is_dir():
        pytest.skip("needs corpus: set REDAKSI_CORPUS")
    return Path(told).resolve()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything must run, a test skipped for a missing component is a failure."""
    report = yield
    if os.environ.get("REDAKSI_REQUIRE_ALL") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"REDAKSI_REQUIRE_ALL is set and this test was skipped: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One closing line: what was missing here and the command that brings it."""
    reasons = [str(r.longrepr) for r in terminalreporter.stats.get("skipped", [])]
    missing = sorted({found[1] for reason in reasons for found in _NEEDS.finditer(reason)})
    if missing:
        packages = " ".join(APT[name] for name in missing if name in APT)
        folders = [f"export {FOLDERS[name]}" for name in missing if name in FOLDERS]
        remedy = "; ".join([f"apt install {packages}", *folders] if packages else folders)
        terminalreporter.write_line(
            f"Skipped for want of {', '.join(missing)}: {remedy}", yellow=True
        )
