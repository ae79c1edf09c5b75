"""The floors hold: what is planted into a copy of the house breaks a contract, each time."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
STOREYS = ("redaksi", "ingest", "validators", "publisher", "desk")
PURE = {
    "redaksi": "redaksi.states",
    "redaksi.text": "redaksi.text.clean",
    "redaksi.sender_policy": "redaksi.sender_policy.attempt",
    "validators": "validators.seen",
    "validators.rules": "validators.rules.n006_font",
    "ingest.read": "ingest.read.photo.coded.tags",
    "publisher.letters": "publisher.letters.fine",
    "publisher.articles": "publisher.articles.slug",
    "desk.domain": "desk.domain.similarity",
    "desk.pipeline": "desk.pipeline",
}
PLANTS = ("socket", "time", "sqlalchemy", "desk.cli.common")  # the last one looks upward
CONTAINERS = ("desk", "desk.store", "ingest", "ingest.read", "validators", "publisher", "redaksi")


def _copy(folder: Path) -> Path:
    for storey in STOREYS:
        shutil.copytree(
            HOUSE / storey, folder / storey, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copyfile(HOUSE / "pyproject.toml", folder / "pyproject.toml")
    return folder


def _lint(folder: Path) -> str:
    """What import-linter says of the house in `folder`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of a house with every plant in every pure folder."""
    folder = _copy(tmp_path_factory.mktemp("planted"))
    for module in PURE.values():
        file = folder / (module.replace(".", "/") + ".py")
        imports = "".join(f"\nimport {plant}" for plant in PLANTS)
        file.write_text(file.read_text(encoding="utf-8") + imports + "\n", encoding="utf-8")
    return _lint(folder)


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("pure", PURE)
def test_a_forbidden_import_in_a_pure_folder_breaks_a_contract(
    planted: str, pure: str, plant: str
) -> None:
    assert f"{PURE[pure]} -> {plant} (l." in planted


def test_a_module_outside_every_layer_breaks_its_contract(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    for container in CONTAINERS:
        stray = folder / container.replace(".", "/") / "stray.py"
        stray.write_text('"""Belongs nowhere."""\n', encoding="utf-8")
    told = _lint(folder)
    assert [one for one in CONTAINERS if f"- {one}.stray" not in told] == []
