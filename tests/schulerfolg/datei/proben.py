"""Files to upload: built byte by byte, so that every test says what it sends."""

import io

from PIL import Image

EXIF_ORT = 0x8825


def pdf(inhalt: bytes = b"Kooperationsvereinbarung") -> bytes:
    """The smallest PDF with a table of contents that is right."""
    teile = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n",
        b"4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(inhalt), inhalt),
    ]
    datei, stellen = b"%PDF-1.7\n", []
    for teil in teile:
        stellen.append(len(datei))
        datei += teil
    tabelle = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % stelle for stelle in stellen)
    return datei + tabelle + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(datei)


def bild(art="JPEG", groesse=(60, 40), mode="RGB", **kwargs) -> bytes:
    ziel = io.BytesIO()
    Image.new(mode, groesse, 128).save(ziel, art, **kwargs)
    return ziel.getvalue()


def foto_mit_ort() -> bytes:
    """A photograph that tells where and with what it was taken, lying on its side, with a comment."""
    foto = Image.new("RGB", (60, 40), "red")
    exif = foto.getexif()
    exif[0x0112], exif[0x010F] = 6, "Kamera von Kim"
    exif.get_ifd(EXIF_ORT)[1] = "N"
    ziel = io.BytesIO()
    foto.save(ziel, "JPEG", exif=exif, comment=b"geheim")
    return ziel.getvalue()


def png_mit_text() -> bytes:
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 -- only this probe needs it

    info = PngInfo()
    info.add_text("Author", "Kim")
    return bild("PNG", pnginfo=info)


def pixelflut() -> bytes:
    """A few kilobytes that would unfold to 49 million points."""
    return bild("PNG", groesse=(7000, 7000), mode="1")
