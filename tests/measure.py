"""What house.md measures of a file, from its syntax alone: sizes, density, names, docstrings."""

import ast
import io
import statistics
import tokenize
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from msgspec import Struct

LONGEST_LINE = 100
_BRANCHES = (
    ast.If,
    ast.For,
    ast.While,
    ast.ExceptHandler,
    ast.IfExp,
    ast.comprehension,
    ast.Assert,
    ast.match_case,
)
_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT}
# First words that are verbs; the share is printed, not gated. `is`, `has`, `may`, `can` count too.
_VERB_LIST = """
accept acquire add adopt advance allow answer append apply arrive ask assemble assign attach
begin bind bring browse build call can change check choose claim classify clean clear close
collect come compare complete compose compute configure confine connect convert copy count cut
decide decode defer deliver describe detect discard divide do download draw drop emit end
enqueue ensure enter examine expire explain extract fetch file fill find finish flatten fold
follow forget format freeze gather get give group guard handle happen has hash have hide hold
identify ignore import insert is iterate join judge keep label leave let list listen load lock
log look lookup make map mark mask match may measure merge migrate move name notify observe open
order pair parse pause pick place plan poll postpone prepare print propose protect publish purge
put queue quote raise read receive recognise reconcile record reformat refuse register reject
release remember remind remove rename render renew reopen repeat replace report rescue resend
resolve restore resume retry return review rewrite rotate run save say scan schedule score
search see select send serve set settle share show shut sign skip sniff sort split spool squeeze
start stop store strip summarise sweep take tell test thaw tidy track trim try turn unfold
unpack update upgrade validate visit wait walk want warn watch withdraw work wrap write yield
"""
_VERBS = frozenset(_VERB_LIST.split())


class Function(Struct, frozen=True, kw_only=True):
    """One function: `complexity` counts boolean operators and comprehensions too."""

    name: str
    lines: int
    tokens: int
    complexity: int
    is_annotated: bool
    has_docstring: bool

    @property
    def is_public(self) -> bool:
        """Whether others may call it."""
        return not self.name.startswith("_")

    @property
    def begins_with_a_verb(self) -> bool:
        """By a list of verbs: a rough figure, good for comparing with last month's."""
        return self.name.strip("_").partition("_")[0] in _VERBS


class Measure(Struct, frozen=True, kw_only=True):
    """One file."""

    lines: int
    long_lines: int
    functions: tuple[Function, ...]


def measure(file: Path) -> Measure:
    """Read one Python file."""
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    return Measure(
        lines=source.count("\n"),
        long_lines=len(_long_lines(source, tree, _prose(tree, tokens))),
        functions=tuple(_functions(tree, tokens)),
    )


def _functions(tree: ast.Module, tokens: Sequence[tokenize.TokenInfo]) -> Iterator[Function]:
    starts = [token.start[0] for token in tokens if token.type not in _LAYOUT]
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first, last = node.lineno, node.end_lineno or node.lineno
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        typed = all(one.annotation or one.arg in ("self", "cls") for one in arguments)
        yield Function(
            name=node.name,
            lines=last - first + 1,
            tokens=sum(first <= at <= last for at in starts),
            complexity=_complexity(node),
            is_annotated=typed and node.returns is not None,
            has_docstring=ast.get_docstring(node) is not None,
        )


def _complexity(function: ast.AST) -> int:
    branches = sum(isinstance(node, _BRANCHES) for node in ast.walk(function))
    operators = (n for n in ast.walk(function) if isinstance(n, ast.BoolOp))
    return 1 + branches + sum(len(node.values) - 1 for node in operators)


def _prose(tree: ast.Module, tokens: Sequence[tokenize.TokenInfo]) -> set[int]:
    """The lines of strings and comments. Strings by the syntax: 3.12 splits an f-string's tokens."""
    strings = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return strings | {token.start[0] for token in tokens if token.type == tokenize.COMMENT}


def _long_lines(source: str, tree: ast.Module, prose: Set[int]) -> list[int]:
    """Lines over LONGEST_LINE that are neither prose nor part of a table the formatter skips."""
    lines = source.splitlines()
    tables = {
        line
        for node in tree.body
        if "fmt: skip" in lines[(node.end_lineno or 1) - 1]
        for line in range(node.lineno, (node.end_lineno or 1) + 1)
    }
    long = [n for n, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]
    return [n for n in long if n not in prose and n not in tables]


def report(measures: Sequence[Measure]) -> list[str]:
    """The figures, a line each."""
    functions = [one for measure in measures for one in measure.functions]
    public = [one for one in functions if one.is_public]
    figures = {
        "files": str(len(measures)),
        "longest file, lines": str(max(one.lines for one in measures)),
        "functions": str(len(functions)),
        "lines a function, median and p90": _median_and_p90([one.lines for one in functions]),
        "tokens a function, median and p90": _median_and_p90([one.tokens for one in functions]),
        "functions over complexity 10": str(sum(one.complexity > 10 for one in functions)),
        "begin with a verb": _percent([one.begins_with_a_verb for one in functions]),
        "annotated": _percent([one.is_annotated for one in functions]),
        "public ones with a docstring": _percent([one.has_docstring for one in public]),
    }
    return [f"{name:<36}{value:>12}" for name, value in figures.items()]


def _median_and_p90(values: Sequence[int]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.0f}, {ordered[len(ordered) * 9 // 10]}"


def _percent(values: Sequence[bool]) -> str:
    return f"{100 * sum(values) / len(values):.0f} %"
