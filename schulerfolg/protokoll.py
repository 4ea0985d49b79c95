"""What the log says of a request that was refused."""

import logging


class EineZeile(logging.Filter):
    """A refusal is no mishap: it is one line, without the trace of the code that refused it."""

    def filter(self, record):
        if record.name.startswith("django.security") or (
            record.name == "django.request" and getattr(record, "status_code", 500) < 500
        ):
            record.exc_info = record.exc_text = None
        return True
