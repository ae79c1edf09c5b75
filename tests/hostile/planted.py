"""A reader of ours that fails whenever it is called, found by walking the readers: their guards in the
source, and their functions as modules hold them."""

import ast
import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from msgspec import Struct

import ingest.read
from desk import pipeline
from ingest.read import guarded

_GUARD = guarded.read_guarded


class Failed(Exception):
    """What nobody thought of. `times`: how often it was raised."""

    times = 0

    def __init__(self) -> None:
        super().__init__()
        Failed.times += 1


class Guard(Struct, frozen=True):
    """A call of `read_guarded`: the module and the lines it stands on."""

    module: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.module}:{self.first}"


def list_modules() -> list[ModuleType]:
    """Every reader, and what calls them."""
    walked = pkgutil.walk_packages(ingest.read.__path__, "ingest.read.")
    return [*(importlib.import_module(each.name) for each in walked), pipeline]


def list_guards() -> list[Guard]:
    return [guard for module in list_modules() for guard in _find_guards(module)]


def _find_guards(module: ModuleType) -> Iterator[Guard]:
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == _GUARD.__name__:
            yield Guard(module.__name__, node.lineno, node.end_lineno or node.lineno)


@contextmanager
def break_guarded(guard: Guard, *, late: bool) -> Iterator[list[str]]:
    """What this guard guards fails: before it begins, or `late`, with its work done. The names its
    reader was given are in the list."""
    module, called = importlib.import_module(guard.module), []

    def guarded_so(reader: Any, budget: Any, read: Callable[[], Any], otherwise: Any) -> Any:
        line = sys._getframe(1).f_lineno
        if not guard.first <= line <= guard.last:
            return _GUARD(reader, budget, read, otherwise)
        called.append(reader)

        def fail() -> Any:
            if late:
                read()
            raise Failed

        return _GUARD(reader, budget, fail, otherwise)

    setattr(module, _GUARD.__name__, guarded_so)
    try:
        yield called
    finally:
        setattr(module, _GUARD.__name__, _GUARD)


def list_functions() -> dict[CodeType, FunctionType]:
    """The functions and methods of the readers, by their code."""
    found = {}
    for module in list_modules():
        own = [each for each in vars(module).values() if _is_of(each, module, type)]
        for value in (each for holder in (module, *own) for each in vars(holder).values()):
            plain = getattr(value, "fget", None) or getattr(value, "__wrapped__", value)
            plain = getattr(plain, "__func__", plain)
            if _is_of(plain, module, FunctionType):
                found[plain.__code__] = plain
    return found


def _is_of(value: Any, module: ModuleType, kind: type) -> bool:
    return isinstance(value, kind) and getattr(value, "__module__", "") == module.__name__


def list_called(codes: Iterable[CodeType], read: Callable[[], object]) -> list[CodeType]:
    """Those of the codes that are called while `read` runs, in order."""
    called: dict[CodeType, None] = {}
    wanted = set(codes)

    def note(frame: Any, event: str, _arg: object) -> None:
        if event == "call" and frame.f_code in wanted:
            called[frame.f_code] = None

    sys.setprofile(note)
    try:
        read()
    finally:
        sys.setprofile(None)
    return list(called)


@contextmanager
def break_function(function: FunctionType) -> Iterator[None]:
    """It fails whenever it is called, under every name it goes by."""
    code = function.__code__
    function.__code__ = _fail.__code__
    function.__globals__[Failed.__name__] = Failed
    try:
        yield
    finally:
        function.__code__ = code
        del function.__globals__[Failed.__name__]


def _fail(*_: object, **__: object) -> None:
    raise Failed
