"""Where the figures for a monitoring system are told."""

from typing import Annotated

from msgspec import Struct

from redaksi.config.key import mean


class Metrics(Struct, frozen=True, kw_only=True):
    """Figures in Prometheus' text format, and whether we are alive and ready."""

    listen: Annotated[
        str,
        mean('host:port on this machine for `run`, "127.0.0.1:9125": /metrics /healthz /readyz'),
    ] = ""
    textfile: Annotated[
        str,
        mean(
            "file written after each pass, for node_exporter's collector; its name ends with .prom"
        ),
    ] = ""
