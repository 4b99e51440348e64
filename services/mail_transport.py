"""The transport that the settings ask for: a mail server, or the mailbox folder of the home."""

from config.settings import HomeSettings, MailSettings
from services.transports import FolderTransport, SmtpTransport, Transport


def transport_of(mail: MailSettings, home: HomeSettings) -> Transport:
    """The mail server if one is set, else the folder."""
    if mail.host is None:
        return FolderTransport(home.mailbox)
    password = mail.password.get_secret_value() if mail.password else None
    return SmtpTransport(mail.host, mail.port, mail.user, password, mail.starttls, mail.timeout_seconds)
