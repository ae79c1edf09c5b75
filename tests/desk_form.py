"""A form as a browser without a script fills and sends it."""

from html.parser import HTMLParser
from typing import Any

from tests.desk_web import Browser, Page

Fields = dict[str, list[str]]
_TICKED = ("radio", "checkbox")


class _Forms(HTMLParser):
    """Every form of a page: where it is sent, and its fields as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Fields]] = []
        self._fields: Fields | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = {}
            self.found.append((given.get("action", ""), self._fields))
        elif self._fields is not None:
            self._keep(self._fields, tag, given)

    def _keep(self, fields: Fields, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "textarea":
            self._begin(fields, name)
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in fields or "selected" in given):
            fields[self._select] = [given["value"]] if "value" in given else []
            if "value" not in given:
                self._begin(fields, self._select)
        elif tag == "input" and name and (kind not in _TICKED or "checked" in given):
            fields.setdefault(name, []).append(given.get("value", "on"))

    def _begin(self, fields: Fields, name: str) -> None:
        self._area = name
        fields.setdefault(name, []).append("")

    def handle_data(self, data: str) -> None:
        if self._area and self._fields is not None:
            typed = self._fields[self._area]
            typed[-1] += data if typed[-1] else data.removeprefix("\n")  # HTML, 13.1.2.5

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "option"):
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._fields = None


def read_form(page: Page, action: str) -> Fields:
    """The fields of the page's form that is sent to `action`."""
    forms = _Forms()
    forms.feed(page.text)
    return next(fields for where, fields in forms.found if where == action)


def send_form(browser: Browser, page: Page, action: str, **typed: Any) -> Page:
    """That form with these fields typed into it; None: one that is unticked."""
    sent = {**read_form(page, action), **typed}
    return browser.post(action, {name: each for name, each in sent.items() if each is not None})
