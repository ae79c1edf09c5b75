"""Findings in words. Facts come from mails and documents: each is cleaned before it meets a
sentence."""

import re
from collections.abc import Mapping

from redaksi.model import Finding, Language
from redaksi.text import clean, locale
from validators.kinds import name_kind
from validators.registry import BY_CODE
from validators.rule import Words

_FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_QUOTED = re.compile(r"[“‘\"]\{\w+(?::\w+)?\}[”’\"]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_EMPTY = ("", "0")


def say(finding: Finding, language: Language) -> Words:
    """`finding` in finished sentences. Raises KeyError for a code no rule has or a fact that is
    missing."""
    rule = BY_CODE[finding.code]
    code = finding.facts.get("with", "")
    prefix = f"{code}."
    lent = {
        key.removeprefix(prefix): value
        for key, value in finding.facts.items()
        if key.startswith(prefix)
    }
    both = rule.variants.get(code)  # a wording of its own for the two told together
    templates = (both or rule.variants.get(finding.facts.get("case", ""), rule.message))[language]
    facts = {"subject": finding.subject, **(lent if both else {}), **finding.facts}
    words = Words(
        title=_fill(templates.title, facts, language),
        found=_fill(templates.found, facts, language),
        rule=_fill(templates.rule, facts, language),
        fix=_fill(templates.fix, facts, language),
    )
    if not code or both:
        return words
    more = say(
        Finding(code=code, rule="", severity="advice", subject=finding.subject, facts=lent),
        language,
    )
    return Words(
        title=words.title,
        found=words.found,
        rule=f"{words.rule}; {more.rule}",
        fix=f"{words.fix} {more.fix}",
    )


def name_rule(code: str, language: Language) -> str:
    """What a rule finds, without what it was found in: "Foto terlalu kecil"."""
    title = BY_CODE[code].message[language].title
    bare = " ".join(_FIELD.sub("", _QUOTED.sub("", _OPTIONAL.sub("", title))).split())
    return bare[:1].upper() + bare[1:]


def say_line(finding: Finding, language: Language) -> str:
    """`finding` on one line: "title: found"."""
    words = say(finding, language)
    return f"{words.title}: {words.found}"


def find_fields(template: str) -> set[str]:
    """The facts a template asks for."""
    return {match[1] for match in _FIELD.finditer(template)}


def _fill(template: str, facts: Mapping[str, str], language: Language) -> str:
    def optional(match: re.Match[str]) -> str:
        return (
            ""
            if any(facts.get(name, "").strip() in _EMPTY for name in find_fields(match[1]))
            else match[1]
        )

    def value(match: re.Match[str]) -> str:
        return _written(facts[match[1]], match[2] or "", language)

    return _FIELD.sub(value, _OPTIONAL.sub(optional, template))


def _part(percent: str, language: Language) -> str:
    """A part of the text, in percent."""
    if percent == "100":
        return "seluruh isi naskah" if language == "id" else "the whole text"
    return (
        f"sekitar {percent} persen isi naskah"
        if language == "id"
        else f"about {percent} per cent of the text"
    )


def _link(service: str, language: Language) -> str:
    """A service is named with its host; a shortener is a host alone."""
    if "(" in service:
        return f"tautan {service}" if language == "id" else f"a link to {service}"
    return f"tautan pendek {service}" if language == "id" else f"a short link by {service}"


def _written(value: str, form: str, language: Language) -> str:
    if form in ("or", "and", "kor", "dand", "links"):
        parts = [clean.line(part) for part in value.split("|")]
        if form == "kor":
            parts = [name_kind(part, language) for part in parts]
        if form == "dand" and language == "id":
            parts = [_POINT.sub(",", part) for part in parts]
        if form == "links":
            parts = [_link(part, language) for part in parts]
        return locale.format_list(parts, language, "or" if form in ("or", "kor") else "and")
    shown = clean.line(value)
    if form == "k":
        return name_kind(shown, language)
    if form == "n" and re.fullmatch(r"-?[0-9]{1,18}", shown):
        return locale.format_number(int(shown), language)
    if form == "p":
        return _part(shown, language)
    if form == "d" and language == "id":
        return shown.replace(".", ",")
    return shown
