"""A real mail server that runs inside the test and keeps what it takes in."""

import email
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from tests.factories import in_ruhe


class Postamt:
    """Takes mail on a port of its own. `abgelehnt`: addresses it refuses; `eingang`: (to, message) of the others.

    `danach` is called when it has a mail and nobody knows yet.
    """

    def __init__(self):
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            self.port = sock.getsockname()[1]
        self.eingang, self.abgelehnt, self.controller = [], set(), None
        self.danach = lambda: None

    def oeffnen(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="postamt.example")
        self.controller.start()

    def schliessen(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.abgelehnt:
            return "550 unbekannt"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=default)
        self.eingang.extend((address, message) for address in envelope.rcpt_tos)
        self.danach()
        return "250 OK"

    @property
    def adressen(self) -> list[str]:
        return sorted(address for address, _ in self.eingang)


@pytest.fixture
def postamt(settings):
    amt = Postamt()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", amt.port, 5
    amt.oeffnen()
    yield amt
    amt.schliessen()


@pytest.fixture
def ruhiges_zeitfenster():
    in_ruhe()
