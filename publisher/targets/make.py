"""From the configuration to the target itself."""

from collections.abc import Mapping

from publisher.targets.copy_desk import CopyDesk
from publisher.targets.folder import Folder
from publisher.targets.target import Target
from redaksi.config.publish import PublishTarget


def make_target(target: PublishTarget, secrets: Mapping[str, str]) -> Target:  # noqa: ARG001 - of webhooks and WordPress
    """The target of this table; `secrets`: what its keys `password`, `secret`, `old_secret` name."""
    if target.kind == "folder":
        return Folder(id=target.id, folder=target.folder, base_url=target.base_url)
    return CopyDesk(id=target.id)
