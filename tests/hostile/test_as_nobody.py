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
# The system's, which every uid can run; where there is none of our version, our own.
PYTHONS = (Path(f"/usr/bin/python{VERSION}"), Path(sys.base_prefix, "bin", f"python{VERSION}"))
# What is tried again, and what of it is not: what costs much and has nothing to do with who asks.
TRIED = {
    "answers": ("tests/hostile/test_answers.py", ""),
    "sandbox": ("tests/unit/test_sandbox.py", "not told_by_its_cause and not more_memory"),
    "orphans": ("tests/hostile/test_orphans.py", "ends_with_its_reading"),
}


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


def make_user(folder: Path, python: Path) -> User:
    """With a venv that finds our packages by a .pth (docs.python.org, site)."""
    subprocess.run([python, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    places = [sysconfig.get_path("purelib"), str(ROOT)]
    site = folder / "venv" / "lib" / f"python{VERSION}" / "site-packages"
    (site / "redaksi.pth").write_text("\n".join(places), encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    return User(python=folder / "venv" / "bin" / "python", home=home)


@pytest.fixture(scope="module")
def nobody() -> Iterator[User]:
    """Our interpreter may lie where that uid cannot go. Where no other does either, the reason is
    named; as an expected failure, for nobody can install what lacks."""
    with tempfile.TemporaryDirectory(prefix="redaksi-nobody-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        user = make_user(folder, next(python for python in PYTHONS if python.exists()))
        asked = "import desk, pytest, PIL.Image, os; assert os.getuid()"
        try:
            can_run = not user.run("-c", asked).returncode
        except PermissionError:
            can_run = False
        if not can_run:
            pytest.xfail(f"uid {NOBODY} can run no Python {VERSION}, or read no checkout")
        yield user


@pytest.mark.parametrize("name", TRIED)
def test_it_holds_for_who_never_was_root(name: str, nobody: User) -> None:
    path, chosen = TRIED[name]
    options = ["-q", "-n0", "-p", "no:cacheprovider", f"--basetemp={nobody.home / name}"]
    ran = nobody.run("-m", "pytest", *options, path, "-k", chosen)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert " passed" in ran.stdout
    assert "skipped" not in ran.stdout
