"""What our own border says about a mail's sender: Authentication-Results (RFC 8601)."""

from msgspec import Struct

from redaksi.sender_policy.header_fields import Token, ascii_domain, plain, tokenize


class Result(Struct, frozen=True, kw_only=True):
    """One resinfo (RFC 8601, 2.2): the method, what it said, and the properties it judged."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()


class Authentication(Struct, frozen=True, kw_only=True):
    """One Authentication-Results field."""

    authserv_id: str
    results: tuple[Result, ...] = ()

    def dmarc(self, domain: str) -> str:
        """What DMARC says of a mail From `domain`: pass, fail, or "none" for anything less certain.

        One `fail` among several results outweighs every `pass`; a `pass` for another domain than
        the From's is not a pass of this mail.
        """
        said = [result for result in self.results if result.method == "dmarc"]
        if any(result.result == "fail" for result in said):
            return "fail"
        if said and all(result.result == "pass" and _covers(result, domain) for result in said):
            return "pass"
        return "none"


def _covers(result: Result, domain: str) -> bool:
    said = [value for name, value in result.properties if name == "header.from"]
    judged = [ascii_domain(value.rstrip(".").rsplit("@", 1)[-1]) for value in said]
    ours = ascii_domain(domain)
    return all(ours == one or ("." in one and ours.endswith(f".{one}")) for one in judged)


def read_border(values: list[str], authserv_id: str) -> Authentication | None:
    """The topmost of the Authentication-Results `values` that bears our border's name; None when
    none does.

    Fields below it may have been written by the sender; RFC 8601, 5 lets the border remove those
    that bear its name.
    """
    # exactly: a border takes out forgeries of its own name, not of look-alikes
    ours = authserv_id.strip().lower()
    for value in values:
        found = parse(value)
        if ours and found and found.authserv_id == ours:
            return found
    return None


def parse(value: str) -> Authentication | None:
    """The field body `value`; None when it has no authserv-id (as Microsoft 365 writes it).

    A version that is not 1 makes all its results unknown (RFC 8601, 2.6): they are left out.
    """
    parts: list[list[Token]] = [[]]
    for token in tokenize(value, ";="):
        if token.kind == "special" and token.text == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    head = parts[0]
    if not head or any(token.kind == "special" for token in head):
        return None
    version = head[1].text if len(head) > 1 else "1"
    results = [result for part in parts[1:] if (result := _resinfo(part))] if version == "1" else []
    return Authentication(authserv_id=head[0].text.lower(), results=tuple(results))


def _resinfo(part: list[Token]) -> Result | None:
    """`method [/ version] = result`, then `property = value` pairs; None for `none` and for what is
    not a resinfo.

    A version of the method that is not 1 is one nobody here can read (RFC 8601, 2.2).
    """
    equals = next((at for at, token in enumerate(part) if token.kind == "special"), 0)
    if not 0 < equals < len(part) - 1:
        return None
    method, _, version = plain("".join(token.text for token in part[:equals])).partition("/")
    if version not in ("", "1"):
        return None
    pairs: list[tuple[str, str]] = []
    at = equals + 2
    while at + 2 < len(part):
        if (
            part[at + 1].kind == "special"
            and part[at].kind != "special"
            and part[at + 2].kind != "special"
        ):
            pairs.append((plain(part[at].text), _joined(part, at + 2)))
            at += 3
        else:
            at += 1
    return Result(method=method, result=_joined(part, equals + 1), properties=tuple(pairs))


def _joined(part: list[Token], at: int) -> str:
    """The value at `at` with what is glued to it, so that `"a"@b.example` stays one value."""
    text = part[at].text
    for token in part[at + 1 :]:
        if token.spaced or token.kind == "special":
            break
        text += token.text
    return plain(text)
