"""What the demo published, as a plain site would show it: a list, and a page around each article."""

import html
import json
from pathlib import Path

_PAGE = (
    '<!doctype html><html lang="id"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>body{{font:1.1em/1.5 serif;max-width:40em;margin:2em auto;"
    "padding:0 1em}}img{{max-width:100%}}</style>{body}</html>"
)


def render_page(folder: Path, path: str) -> bytes | None:
    """The page at a path below the folder of articles ("" or "2026/W-2026-0001/warta.html"); None
    where it is no page of ours."""
    if path in ("", "index.html"):
        return _render_list(folder)
    parts = path.split("/")
    is_named = all(part and not part.startswith(".") for part in parts)
    if len(parts) != 3 or parts[2] != "warta.html" or not is_named:
        return None
    try:
        news = json.loads((folder / parts[0] / parts[1] / "warta.json").read_text("utf-8"))
        text = (folder / path).read_text("utf-8")
    except (OSError, ValueError):
        return None
    title = html.escape(_headline(news))
    return _PAGE.format(title=title, body=f"<h1>{title}</h1>{text}").encode()


def _render_list(folder: Path) -> bytes:
    items = []
    for file in sorted(folder.glob("[0-9]*/W-*/warta.json")):
        news = json.loads(file.read_text("utf-8"))
        if news.get("pubStatus") == "usable":
            address = file.parent.relative_to(folder) / "warta.html"
            items.append(f'<li><a href="{address}">{html.escape(_headline(news))}</a></li>')
    body = f"<h1>Warta</h1><ul>{''.join(items)}</ul>"
    return _PAGE.format(title="Warta", body=body).encode()


def _headline(news: dict[str, list[dict[str, str]]]) -> str:
    return next((each["value"] for each in news.get("headlines", ())), "")
