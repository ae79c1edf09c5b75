"""Where articles are published, and what they carry."""

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Struct

from redaksi.config.key import Duration, mean

TargetKind = Literal["copy", "folder", "webhook", "wordpress"]


class PublishTarget(Struct, frozen=True, kw_only=True):
    """A place where articles are published."""

    id: Annotated[
        str, mean("short name of the target; never change it once something stands there")
    ]
    kind: Annotated[
        TargetKind,
        mean(
            "copy: an editor pastes; folder: files; webhook: signed JSON; wordpress: its REST API"
        ),
    ] = "copy"
    private: Annotated[
        bool, mean("webhook, wordpress: it may stand at a private address, or speak http")
    ] = False
    folder: Annotated[str, mean("folder: where the articles are written")] = ""
    base_url: Annotated[
        str, mean("folder: address it is served under; empty: letters carry no link")
    ] = ""
    url: Annotated[str, mean("webhook: where it is sent; wordpress: address of the site")] = ""
    user: Annotated[str, mean("wordpress: user name")] = ""
    password: Annotated[
        str,
        mean(
            'wordpress: application password, only as "env:NAME", "file:PATH" or "cred:NAME"',
            "secret",
        ),
    ] = ""
    secret: Annotated[
        str,
        mean('webhook: "whsec_…", only as "env:NAME", "file:PATH" or "cred:NAME"', "secret"),
    ] = ""
    old_secret: Annotated[
        str, mean("webhook: the secret before it, while both are good", "secret")
    ] = ""


class Publish(Struct, frozen=True, kw_only=True):
    """Articles that are published."""

    domain: Annotated[str, mean("domain in the articles' ids; empty: the mailbox's")] = ""
    hosts: Annotated[
        tuple[str, ...], mean("where our articles stand; empty: any host may be recorded")
    ] = ()
    categories: Annotated[tuple[str, ...], mean("categories; the first by default")] = ("Warta",)
    tags: Annotated[tuple[str, ...], mean("words that become tags where the text has them")] = ()
    programme: Annotated[
        str, mean("line below the author, with the province of the article in it")
    ] = "Program Kotaku Provinsi {province}"
    credit: Annotated[str, mean("credit of photos that name none")] = "Redaksi Warta"
    late: Annotated[
        Duration,
        mean("what is due for longer waits for an editor instead of being published", "duration"),
    ] = timedelta(hours=24)
    target: Annotated[
        tuple[PublishTarget, ...], mean("the first leads: its address goes into the letter")
    ] = ()

    @property
    def targets(self) -> tuple[PublishTarget, ...]:
        """The targets; none configured: the copy desk."""
        return self.target or (PublishTarget(id="situs"),)
