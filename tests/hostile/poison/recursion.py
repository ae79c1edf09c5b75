"""Which functions of the readers call themselves: directly, or in a circle. Read from the source.

A name that is loaded counts as a call (functions are handed on as values). An attribute of an object
counts as every method of that name in the same file, for what an object is cannot be read from the
source: a circle may be named that is none. What one file's object calls of another file's is not
seen; the poison itself is the proof there."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

Function = ast.FunctionDef | ast.AsyncFunctionDef
ROOT = Path(__file__).resolve().parents[3]
PLACES = (
    "ingest/read",
    "redaksi",
    "validators",
    "publisher/letters",
    "publisher/site",
    "desk/presentation",
    "desk/domain",
    "desk/pipeline.py",
)


class Module(Struct, frozen=True):
    """The functions of one file by dotted name, its classes, and what its imports call things."""

    name: str
    functions: Mapping[str, Function]
    classes: frozenset[str]
    imported: Mapping[str, str]
    tables: Mapping[str, ast.expr]  # what stands at the top of the file: tables of functions too

    def named(self, name: str) -> set[str]:
        """Its functions and methods that are called `name`."""
        return {each for each in self.functions if each.rsplit(".", 1)[-1] == name}

    def methods(self, name: str) -> set[str]:
        """Its methods that are called `name`."""
        return {each for each in self.named(name) if each.rsplit(".", 2)[-2] in self.classes}


def read_modules() -> list[Module]:
    """Every file of PLACES."""
    paths = [
        path
        for place in PLACES
        for path in (sorted((ROOT / place).rglob("*.py")) or [ROOT / place])
    ]
    return [_read(path) for path in paths]


def _read(path: Path) -> Module:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    tree = ast.parse(path.read_text())
    imported = {
        alias.asname or alias.name: _whole_name(node, alias)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    classes = frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    tables = dict(_tables(tree))
    return Module(name, dict(_functions(tree, name)), classes, imported, tables)


def _tables(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _whole_name(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    return f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name


def _functions(tree: ast.AST, within: str) -> Iterator[tuple[str, Function]]:
    waiting = [(within, child) for child in ast.iter_child_nodes(tree)]
    while waiting:
        outer, node = waiting.pop()
        inner = outer
        if isinstance(node, Function | ast.ClassDef):
            inner = f"{outer}.{node.name}"
        if isinstance(node, Function):
            yield inner, node
        waiting += [(inner, child) for child in ast.iter_child_nodes(node)]


def find_circles(modules: list[Module]) -> set[str]:
    """The functions from which a chain of calls leads back to themselves."""
    known = {name for module in modules for name in module.functions}
    calls = {
        name: set(_called(function, module, known))
        for module in modules
        for name, function in module.functions.items()
    }
    return {name for name in calls if _reaches(calls, name)}


def _reaches(calls: Mapping[str, set[str]], name: str) -> bool:
    seen: set[str] = set()
    waiting = [*calls[name]]
    while waiting:
        each = waiting.pop()
        if each == name:
            return True
        if each not in seen:
            seen.add(each)
            waiting += calls[each]
    return False


def _called(function: Function, module: Module, known: set[str]) -> Iterator[str]:
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)} | _parameters(function)
    inner = {name for name, each in module.functions.items() if each is not function}
    nested = [node for node in ast.walk(function) if isinstance(node, Function)]
    skipped = {id(node) for each in nested if each is not function for node in ast.walk(each)}
    for node in ast.walk(function):
        if id(node) in skipped and not isinstance(node, Function):
            continue
        if isinstance(node, ast.Name) and node.id in module.tables and node.id not in own:
            yield from _listed(module.tables[node.id], module)
        elif isinstance(node, ast.Name) and node.id not in own:
            yield from module.named(node.id) & (inner | {_name_of(function, module)})
            if (target := module.imported.get(node.id)) in known:
                yield str(target)
        elif isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if owner in module.imported:
                yield from {f"{module.imported[owner]}.{node.attr}"} & known
            else:
                yield from module.methods(node.attr)


def _listed(table: ast.expr, module: Module) -> Iterator[str]:
    """The functions that a table of the file names."""
    for node in ast.walk(table):
        if isinstance(node, ast.Attribute):
            yield from module.methods(node.attr)
        elif isinstance(node, ast.Name):
            yield from module.named(node.id)


def _name_of(function: Function, module: Module) -> str:
    return next(name for name, each in module.functions.items() if each is function)


def _parameters(function: Function) -> set[str]:
    spec = function.args
    every = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]
    return {each.arg for each in every if each is not None}
