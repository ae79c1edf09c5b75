"""What a template may speak of, read from its syntax tree: a slip in a branch no sample takes is
found at start too."""

from collections.abc import Iterator

from jinja2 import meta, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from publisher.letters.blocks import Block, Row, Span
from publisher.letters.greeting import Addressed
from publisher.letters.letter_context import Digest, FindingText, LetterContext, Remark, Waiting
from redaksi.catalog import Sentence

CONTEXT = frozenset(
    {
        "o",
        "sign",
        "check_url",
        "guide_url",
        "merge",
        "withdraw",
        "photo_pixels",
        "now",
        "instant",
        "day_of",
    }
)
_STRUCTS = (LetterContext, FindingText, Remark, Waiting, Digest, Addressed, Block, Row, Span)
_LOOP = frozenset(name for name in dir(LoopContext) if not name.startswith("_"))
_KNOWN = frozenset(field for struct in _STRUCTS for field in struct.__struct_fields__) | _LOOP


def slips(
    environment: SandboxedEnvironment, source: str, context: frozenset[str]
) -> Iterator[tuple[int, Sentence]]:
    """Line and mistake for every name and attribute that no letter has. Raises
    TemplateSyntaxError."""
    tree = environment.parse(source)
    # seen in blocks below it too
    made = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    strangers = meta.find_undeclared_variables(tree) - context - made - set(environment.globals)
    for name in tree.find_all(nodes.Name):
        if name.name in strangers:
            facts = {"name": name.name, "known": ", ".join(sorted(context))}
            yield name.lineno, Sentence(section="template", key="unknown_name", facts=facts)
    spaces = {target.attr for target in tree.find_all(nodes.NSRef)} | {
        one.key for one in tree.find_all(nodes.Keyword)
    }
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr not in _KNOWN | spaces and not _is_method(attribute):
            facts = {"name": repr(attribute.attr)}
            yield attribute.lineno, Sentence(section="template", key="unknown_part", facts=facts)


def blocks(environment: SandboxedEnvironment, source: str) -> dict[str, int]:
    """The blocks a template has, and the lines they begin on."""
    return {block.name: block.lineno for block in environment.parse(source).find_all(nodes.Block)}


def referred(environment: SandboxedEnvironment, source: str) -> set[str]:
    """The templates it extends, includes or imports."""
    return {name for name in meta.find_referenced_templates(environment.parse(source)) if name}


def _is_method(attribute: nodes.Getattr) -> bool:
    """A method of text, which templates may call: the sandbox looks after the rest."""
    return hasattr(str, attribute.attr) and not attribute.attr.startswith("_")
