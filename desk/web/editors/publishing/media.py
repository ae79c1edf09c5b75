"""Photos of what is published, for receivers of the webhook: a signature opens them, no session."""

from starlette.responses import Response

from desk.presentation.publication.media import MediaPhoto, Signed, find_media
from desk.web.editors.errors import show_error
from desk.web.guards import FILE_POLICY
from desk.web.visit import Visit, WebRoute
from redaksi.errors import BlobMissing

# refused: nothing is said of what there is; gone (RFC 9110, 15.5.11): it was, and is to be removed
_STATUS = {"refused": (403, "link"), "gone": (410, "gone"), "missing": (404, "missing")}


def give_media(visit: Visit) -> Response:
    """A photo as readers get it."""
    link = Signed(
        edition=visit.path["edition"],
        place=visit.path["n"],
        exp=visit.query.get("exp"),
        sig=visit.query.get("sig"),
    )
    found = find_media(visit.app, link)
    if not isinstance(found, MediaPhoto):
        return show_error(visit, *_STATUS[found])
    try:
        with visit.app.blobs.open(found.sha256) as stream:
            content = stream.read()
    except BlobMissing:
        return show_error(visit, 404)
    headers = {
        "cache-control": f"public, max-age={found.seconds}",
        "content-security-policy": FILE_POLICY,
        "content-disposition": "inline",
    }
    return Response(content, media_type="image/jpeg", headers=headers)


ROUTES = (WebRoute(path="/media/{edition}/{n}.jpg", answer=give_media, may="anybody"),)
