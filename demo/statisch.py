"""The static files of the demo."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class NurGzip(CompressedManifestStaticFilesStorage):
    """Brotli takes four seconds at every start and gains nothing on one machine; gzip takes a tenth of one."""

    def create_compressor(self, **kwargs):
        return Compressor(use_brotli=False, **kwargs)
