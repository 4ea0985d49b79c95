"""Files to upload: built byte by byte, so that every test says what it sends."""

import io
import zipfile

import pikepdf
from PIL import Image

EXIF_ORT = 0x8825


def pdf(
    inhalt: bytes = b"Kooperationsvereinbarung", *, katalog: bytes = b"", seite: bytes = b"", seiten: int = 1
) -> bytes:
    """The smallest PDF with a table of contents that is right; `katalog` and `seite` are added to these two."""
    teile = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R %s >>\nendobj\n" % katalog,
        b"2 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n" % (b"3 0 R" * seiten, seiten),
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>\nendobj\n" % seite,
        b"4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(inhalt), inhalt),
    ]
    datei, stellen = b"%PDF-1.7\n", []
    for teil in teile:
        stellen.append(len(datei))
        datei += teil
    tabelle = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % stelle for stelle in stellen)
    return datei + tabelle + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(datei)


def verschluesselt(**passwoerter) -> bytes:
    """With a password to open it (`user`) or only one that limits printing and copying (`owner`)."""
    ziel = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as offen:
        offen.save(ziel, encryption=pikepdf.Encryption(allow=pikepdf.Permissions(extract=False), **passwoerter))
    return ziel.getvalue()


def mit_anhang() -> bytes:
    ziel = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as offen:
        offen.attachments["makro.exe"] = b"MZ"
        offen.save(ziel, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return ziel.getvalue()


def gepackt(*namen) -> bytes:
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w") as archiv:
        for name in namen:
            archiv.writestr(name, "x")
    return ziel.getvalue()


def verlauf_16_bit() -> bytes:
    """A ramp from black to white in 64 greys of 16 bit, as scanners write it."""
    bild = Image.new("I;16", (64, 4))
    bild.putdata([x * 65535 // 63 for _ in range(4) for x in range(64)])
    ziel = io.BytesIO()
    bild.save(ziel, "PNG")
    return ziel.getvalue()


def bild(art="JPEG", groesse=(60, 40), mode="RGB", farbe=128, **kwargs) -> bytes:
    ziel = io.BytesIO()
    Image.new(mode, groesse, farbe).save(ziel, art, **kwargs)
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
