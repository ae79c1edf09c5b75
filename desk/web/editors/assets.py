"""The stylesheet and the script. Their addresses change with their bytes."""

from starlette.responses import Response

from desk.web.editors.errors import show_error
from desk.web.render import ASSETS, pack_asset, read_asset
from desk.web.visit import Visit, WebRoute

_FOR_EVER = "public, max-age=31536000, immutable"


def give_asset(visit: Visit) -> Response:
    """One of ours; gzipped where the browser takes that."""
    name = visit.path["name"]
    if name not in ASSETS:
        return show_error(visit, 404)
    headers = {"cache-control": _FOR_EVER, "vary": "Accept-Encoding"}
    if "gzip" in visit.headers.get("accept-encoding", ""):
        packed = {**headers, "content-encoding": "gzip"}
        return Response(pack_asset(name), media_type=ASSETS[name], headers=packed)
    return Response(read_asset(name), media_type=ASSETS[name], headers=headers)


ROUTES = (WebRoute(path="/aset/{digest}/{name}", answer=give_asset, may="anybody"),)
