"""Every regular expression of the product: those that stand in its modules, and those written into a
call."""

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import redaksi

_ROOT = Path(redaksi.__file__).parents[1]
_PACKAGES = ("redaksi", "ingest", "validators", "publisher", "desk")
_CALLS = frozenset({"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})


def find_patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """`module:name` or `module:line` -> the pattern."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for path in sorted(each for name in _PACKAGES for each in (_ROOT / name).rglob("*.py")):
        parts = path.relative_to(_ROOT).with_suffix("").parts
        if "migrations" in parts or parts[-1] == "__main__":
            continue
        module = ".".join(parts).removesuffix(".__init__")
        for name, value in vars(importlib.import_module(module)).items():
            for number, pattern in enumerate(_within(value)):
                found.setdefault(f"{module}:{name}{number or ''}", pattern)
        for line, pattern in _written(path):
            found[f"{module}:{line}"] = pattern
    return found


def _within(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _within(each)


def _written(path: Path) -> Iterator[tuple[int, re.Pattern[str] | re.Pattern[bytes]]]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        owner, pattern = node.func.value, node.args[0]
        is_of_re = isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr in _CALLS
        if is_of_re and isinstance(pattern, ast.Constant) and isinstance(pattern.value, str):
            yield node.lineno, re.compile(pattern.value)
