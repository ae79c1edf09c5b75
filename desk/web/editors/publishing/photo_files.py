"""foto.zip: the photos of an article for who sets it by hand."""

from starlette.responses import Response, StreamingResponse

from desk.presentation.publication.photo_files import find_photo_files
from desk.web.editors.errors import show_error
from desk.web.guards import FILE_POLICY
from desk.web.packing import pack_stored
from desk.web.visit import Visit, WebRoute


def give_photos(visit: Visit) -> Response:
    """The photos as readers get them, named by the article, and what is to stand beside them."""
    found = find_photo_files(visit.app, visit.path["number"])
    if found is None:
        return show_error(visit, 404)
    headers = {
        "content-disposition": f'attachment; filename="{found.name}.zip"',
        "content-security-policy": FILE_POLICY,
    }
    packed = pack_stored(found.files)
    return StreamingResponse(packed, media_type="application/octet-stream", headers=headers)


ROUTES = (WebRoute(path="/kiriman/{number}/tayang/foto.zip", answer=give_photos),)
