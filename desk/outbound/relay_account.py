"""The relay our letters are handed in at."""

from desk.app import App
from publisher.smtp.session import SmtpServer
from redaksi.config.secrets import read_secret


def relay_server(app: App) -> SmtpServer | None:
    """Where letters are handed in; None when no server is configured. Raises ConfigError when its
    secret is missing."""
    reply = app.config.reply
    if not reply.host:
        return None
    return SmtpServer(
        host=reply.host,
        port=reply.port,
        security=reply.security,
        user=reply.user,
        password=read_secret("reply.password", reply.password, app.environment),
        timeout=reply.timeout.total_seconds(),
    )
