"""`make mutants`: does a test fail when the code is wrong? A seeded sample of small changes to the
pure folders, one at a time, each judged by the unit tests that run the changed line.

mutmut works with this layout, but makes every mutant of 148 modules and times every test before it
judges the first: eight minutes. Here the sample comes first, and one run under coverage tells which
tests reach which line.
"""

import argparse
import ast
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import coverage
import pytest
from msgspec import Struct

PURE = (
    "redaksi",
    "validators",
    "ingest/read",
    "publisher/letters",
    "desk/domain",
    "desk/pipeline.py",
)
IMPURE = (
    "redaksi/config",
    "redaksi/log.py",
    "redaksi/paths.py",
    "redaksi/catalog",
)
TESTS = "tests/unit"
UNCHANGED = "tests/unit/test_merge_table.py"  # passes as long as nothing is changed
SECONDS = 120  # a mutant that loops for ever is killed
MOST_TESTS = 150  # functions a mutant is judged by, the narrowest first

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip


class Mutant(Struct, frozen=True, kw_only=True):
    """One change: the source between two places (line from 1, column in bytes) becomes `new`."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    new: str

    def apply(self, source: str) -> str:
        """The source with the change."""
        lines = source.splitlines(keepends=True)
        head = lines[self.line - 1].encode()[: self.column].decode()
        tail = lines[self.end_line - 1].encode()[self.end_column :].decode()
        return "".join((*lines[: self.line - 1], head, self.new, tail, *lines[self.end_line :]))

    def describe(self, source: str) -> str:
        """ "file:line  what stood there -> what stands there now", each on one line."""
        lines = source.splitlines()[self.line - 1 : self.end_line]
        lines[-1] = lines[-1].encode()[: self.end_column].decode()
        lines[0] = lines[0].encode()[self.column :].decode()
        old = " ".join(" ".join(lines).split())
        return f"{self.file}:{self.line}  {old[:90]}  ->  {self.new[:90]}"


def find_mutants(file: str, source: str) -> Iterator[Mutant]:
    """Every change that can be made to a file."""
    tree = ast.parse(source)
    ignored = _annotations(tree) | _docstrings(tree)
    for node in ast.walk(tree):
        if id(node) in ignored or not isinstance(node, ast.expr | ast.stmt):
            continue
        for new in _changes(node):
            yield Mutant(
                file=file,
                line=node.lineno,
                column=node.col_offset,
                end_line=node.end_lineno or node.lineno,
                end_column=node.end_col_offset or 0,
                new=new,
            )


def _changes(node: ast.expr | ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
        changed = [_COMPARE[type(node.ops[0])](), *node.ops[1:]]
        yield _write(ast.Compare(left=node.left, ops=changed, comparators=node.comparators))
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield _write(ast.BoolOp(op=other, values=node.values))
        yield _write(ast.BoolOp(op=node.op, values=node.values[1:]))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _write(node.operand)
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        changed_operator = _ARITHMETIC[type(node.op)]()
        yield _write(ast.BinOp(left=node.left, op=changed_operator, right=node.right))
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value)
    elif isinstance(node, ast.IfExp):
        yield _write(ast.IfExp(test=node.test, body=node.orelse, orelse=node.body))
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield "return None"
    elif isinstance(node, ast.Break | ast.Continue):
        yield "continue" if isinstance(node, ast.Break) else "break"


def _constants(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, int | float):
        yield repr(value + 1)
    elif isinstance(value, str):
        yield repr(value + "XX" if value else "XX")


def _write(node: ast.expr) -> str:
    return f"({ast.unparse(ast.fix_missing_locations(ast.Expr(node)))})"


def _annotations(tree: ast.Module) -> set[int]:
    """Types, f-strings' insides (their places are the string's own) and `__all__`: no behaviour."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            roots.append(node.returns)
        elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
            roots.append(node.annotation)
        elif isinstance(node, ast.JoinedStr | ast.Assert) or _is_named(node):
            roots.append(node)
    return {id(inner) for root in roots for inner in ast.walk(root)}


def _is_named(node: ast.AST) -> bool:
    """Names alone: `__all__ = […]`, `Literal[…]`."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == "__all__"
    return isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal"


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def choose(count: int, seed: int, only: str) -> list[Mutant]:
    """A sample of the mutants of the tracked pure files, every change as likely as another."""
    tracked = subprocess.run(
        ["git", "ls-files", *PURE], capture_output=True, text=True, check=True
    ).stdout.split()
    files = [f for f in tracked if f.endswith(".py") and not f.startswith(IMPURE) and only in f]
    every = [m for f in files for m in find_mutants(f, Path(f).read_text(encoding="utf-8"))]
    sample = random.Random(seed).sample(every, min(count, len(every)))
    print(f"{len(sample)} of {len(every)} mutants in {len(files)} files, seed {seed}", flush=True)
    return sorted(sample, key=lambda mutant: (mutant.file, mutant.line))


# ── which tests reach a line ──────────────────────────────────────────────────────────────────────


def copy_tree(to: Path) -> None:
    """Every tracked file, as it stands in the working tree."""
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True)
    for name in tracked.stdout.splitlines():
        if Path(name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(name, to / name)


def measure_reach(tree: Path) -> Callable[[Mutant], list[str]]:
    """Run the unit tests once under coverage: the tests for a mutant, those that run little else
    first. A line that runs at import alone is judged by all tests of its file."""
    settings = tree / "reach.ini"
    settings.write_text(
        f"[run]\nsource = {','.join(folder.removesuffix('.py') for folder in PURE[:-1])},desk\n"
        "dynamic_context = test_function\ndata_file = reach.coverage\n"
    )
    command = [sys.executable, "-m", "coverage", "run", f"--rcfile={settings}", "-m", "pytest"]
    done = subprocess.run(
        [*command, *_PYTEST, "-rfE", TESTS],
        cwd=tree,
        env=_environment(),
        capture_output=True,
        check=False,
    )
    printed = done.stdout.decode().splitlines() or ["no tests ran"]
    print(printed[-1], flush=True)
    # a test that needs the repository itself fails in a copy: it judges nothing
    failing = {
        line.split()[1].partition("[")[0]
        for line in printed
        if line.startswith(("FAILED", "ERROR"))
    }
    data = coverage.CoverageData(str(tree / "reach.coverage"))
    data.read()
    lines: dict[str, dict[int, set[str]]] = {}
    weight: dict[str, int] = {}
    for file in data.measured_files():
        found = {n: set(tests) - {""} for n, tests in data.contexts_by_lineno(file).items()}
        lines[str(Path(file).relative_to(tree.resolve()))] = found
        for tests in found.values():
            for test in tests:
                weight[test] = weight.get(test, 0) + 1

    def reach(mutant: Mutant) -> list[str]:
        of_file = lines.get(mutant.file, {})
        span = range(mutant.line, mutant.end_line + 1)
        tests = set().union(*(of_file.get(line, set()) for line in span))
        tests = tests or set().union(*of_file.values())
        nodes = [_node(test) for test in sorted(tests, key=lambda test: (weight[test], test))]
        return [node for node in nodes if node not in failing][:MOST_TESTS]

    return reach


def _node(test: str) -> str:
    """ "tests.unit.test_merge.test_x" -> "tests/unit/test_merge.py::test_x"."""
    module, _, function = test.rpartition(".")
    return f"{module.replace('.', '/')}.py::{function}"


# ── judging ───────────────────────────────────────────────────────────────────────────────────────

_PYTEST = ["-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--tb=no"]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REDAKSI_")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "."}


def is_killed(tree: Path, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether a test fails in `tree` with the change made; a mutant that no test reaches survives."""
    file = tree / mutant.file
    source = file.read_text(encoding="utf-8")
    file.write_text(mutant.apply(source), encoding="utf-8")
    try:
        return bool(tests) and not do_pass(tree, tests)
    finally:
        file.write_text(source, encoding="utf-8")


def do_pass(tree: Path, tests: Sequence[str]) -> bool:
    """Whether these tests pass in `tree`, within SECONDS."""
    child = _FORKS.Process(target=_run_tests, args=(str(tree), list(tests)))
    child.start()
    child.join(SECONDS)
    if child.is_alive():
        child.kill()
        child.join()
    return child.exitcode == 0


# A server that has imported what others wrote, and nothing of ours: its forks start at once.
_FORKS = multiprocessing.get_context("forkserver")
_OTHERS = ["babel", "docx", "jinja2", "lxml.etree", "msgspec", "PIL.Image", "pytest", "sqlalchemy"]


def _run_tests(tree: str, tests: list[str]) -> None:
    """In a process of its own: leave with pytest's verdict."""
    os.chdir(tree)
    os.environ.clear()
    os.environ.update(_environment())
    sys.path[:] = [tree, *(entry for entry in sys.path if entry)]
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        sys.exit(pytest.main(["-x", *_PYTEST, *tests]))


def main() -> None:
    """Print each survivor, and how many of the sample were killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--only", default="", help="files whose path holds this")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    _FORKS.set_forkserver_preload(_OTHERS)
    sample = choose(asked.count, asked.seed, asked.only)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        trees = [Path(folder).resolve() / str(number) for number in range(asked.jobs)]
        for tree in trees:
            copy_tree(tree)
        reach = measure_reach(trees[0])

        if not do_pass(trees[0], [UNCHANGED]):
            sys.exit(f"{UNCHANGED} fails with nothing changed: no verdict would mean anything")

        def judge(number: int) -> int:
            killed = 0
            for mutant in sample[number :: asked.jobs]:
                if is_killed(trees[number], mutant, reach(mutant)):
                    killed += 1
                else:
                    source = Path(mutant.file).read_text(encoding="utf-8")
                    print("survived", mutant.describe(source), flush=True)
            return killed

        with ThreadPoolExecutor(asked.jobs) as workers:
            killed = sum(workers.map(judge, range(asked.jobs)))
    print(f"killed {killed} of {len(sample)}: {100 * killed / max(1, len(sample)):.0f} %")


if __name__ == "__main__":
    main()
