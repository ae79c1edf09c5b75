"""The same as a user who was never root: the worker and its fork server started by uid 65534, with an
interpreter which that uid can run."""

import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from msgspec import Struct

ROOT = Path(__file__).parents[2]
NOBODY = 65534
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
SYSTEM = Path(f"/usr/bin/python{VERSION}")  # which every uid can run
# What is tried again, and what of it is not: what costs much and has nothing to do with who asks.
TRIED = {
    "answers": ("tests/hostile/test_answers.py", ""),
    "sandbox": ("tests/unit/test_sandbox.py", "not told_by_its_cause and not more_memory"),
    "orphans": ("tests/hostile/test_orphans.py", "ends_with_its_reading"),
}

pytestmark = [
    pytest.mark.skipif(os.getuid() != 0, reason="every test runs as a user who is not root"),
    pytest.mark.skipif(not SYSTEM.exists(), reason=f"no {SYSTEM}, which uid {NOBODY} could run"),
]


class User(Struct, frozen=True):
    """A uid that is not ours, its interpreter and its own folder."""

    python: Path
    home: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run its interpreter from the checkout."""
        return subprocess.run(
            [self.python, *arguments],
            cwd=ROOT,
            env=self.environment,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def environment(self) -> Mapping[str, str]:
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "TMPDIR": str(self.home)}


@pytest.fixture(scope="module")
def nobody() -> Iterator[User]:
    """Our interpreter may lie where that uid cannot go: so a venv of the system's, which finds our
    packages by a .pth (docs.python.org, site)."""
    with tempfile.TemporaryDirectory(prefix="redaksi-nobody-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        venv, home = folder / "venv", folder / "home"
        subprocess.run([SYSTEM, "-m", "venv", "--without-pip", venv], check=True)
        places = [sysconfig.get_path("purelib"), str(ROOT)]
        site = venv / "lib" / f"python{VERSION}" / "site-packages"
        (site / "redaksi.pth").write_text("\n".join(places), encoding="utf-8")
        home.mkdir()
        os.chown(home, NOBODY, NOBODY)
        user = User(python=venv / "bin" / "python", home=home)
        if user.run("-c", "import desk, pytest, PIL.Image, os; assert os.getuid()").returncode:
            pytest.skip(f"uid {NOBODY} cannot read the checkout or its packages")
        yield user


@pytest.mark.parametrize("name", TRIED)
def test_it_holds_for_who_never_was_root(name: str, nobody: User) -> None:
    path, chosen = TRIED[name]
    options = ["-q", "-n0", "-p", "no:cacheprovider", f"--basetemp={nobody.home / name}"]
    ran = nobody.run("-m", "pytest", *options, path, "-k", chosen)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert " passed" in ran.stdout
    assert "skipped" not in ran.stdout
