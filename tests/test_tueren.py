"""Whatever comes through the door: odd headers, names and bodies at every address, those of libraries too (faelle 27).

No answer is a 5xx, each has every header of security, each refusal is a page in German, and no way leads elsewhere.
"""

import io
import json
import logging
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from fido2.utils import websafe_encode

from schulerfolg.konten.anmeldung.aufheben import wessen
from schulerfolg.konten.models import Eingabe
from tests.adressen import adresse, routes
from tests.factories import make_person
from tests.rundgang import sign_in

FORMULAR, MEHRTEILIG, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
KOPF = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TEIL = b"--x\r\nContent-Disposition: form-data; %s\r\n%s\r\nwort\r\n--x--\r\n"
# Method, question, body, type, headers. One request a line.
ANFRAGEN = [
    ("POST", "", "a=1", f"{FORMULAR}; charset=rot13", {}),
    ("POST", "", "a=1", f"{FORMULAR}; charset=utf-7", {}),
    ("POST", "", TEIL % (b'name="a"', b""), f"{MEHRTEILIG}; boundary=x; charset=rot13", {}),
    ("POST", "", TEIL % (b'name="a"', b""), f"{MEHRTEILIG}; boundary=x; charset=hex", {}),
    ("GET", "?q=%C3%A4&ort=%C3%A4&next=/", "", f"{FORMULAR}; charset=rot13", {}),
    ("GET", "?q=%C3%A4&ort=%C3%A4&next=/", "", f"{FORMULAR}; charset=gibt-es-nicht", {}),
    ("GET", "?q=%C3%A4&ort=%C3%A4&next=/", "", f"{FORMULAR}; charset=unicode_escape", {}),
    ("GET", "?next=http://[", "", FORMULAR, {}),
    ("GET", "?next=//fremd.example/", "", FORMULAR, {}),
    ("GET", "?%00=1&a%00b=2&q=%00", "", FORMULAR, {}),
    ("GET", "?" + "q=" + "a" * 5000, "", FORMULAR, {}),
    ("GET", "?" + "&".join(f"f{i}=1" for i in range(1100)), "", FORMULAR, {}),
    ("POST", "", "next=http://[&seite=http://[", FORMULAR, {}),
    ("POST", "", "next=//fremd.example/&seite=//fremd.example/", FORMULAR, {}),
    ("POST", "", "%00=1&a%00b=2&wort=%00", FORMULAR, {}),
    ("POST", "", "a=%ff%fe&%ff=1&=&&&;;", FORMULAR, {}),
    ("POST", "", "&".join(f"f{i}=1" for i in range(1100)), FORMULAR, {}),
    ("POST", "", TEIL % (b'name="a\0b"', b""), f"{MEHRTEILIG}; boundary=x", {}),
    ("POST", "", TEIL % (b"name*=rot13''a", b""), f"{MEHRTEILIG}; boundary=x", {}),
    ("POST", "", TEIL % (b"name=\"a\"; filename*=rot13''a", b""), f"{MEHRTEILIG}; boundary=x", {}),
    ("POST", "", TEIL % (b'name="a"; filename="a\0.pdf"', b""), f"{MEHRTEILIG}; boundary=x", {}),
    ("POST", "", TEIL % (b'name="a"', b"Content-Type: text/plain; charset=rot13\r\n"), f"{MEHRTEILIG}; boundary=x", {}),
    ("POST", "", TEIL % (b'name="a"', b"Content-Transfer-Encoding: base64\r\n"), f"{MEHRTEILIG}; boundary=x", {}),
    ("POST", "", b"--x\r\nContent-Disposition: form-data; na", f"{MEHRTEILIG}; boundary=x", {}),
    ("POST", "", b"wort", MEHRTEILIG, {}),
    ("POST", "", b"wort", f"{MEHRTEILIG}; boundary={'x' * 300}", {}),
    ("POST", "", b"wort", f"{MEHRTEILIG}; boundary=\xff", {}),
    ("POST", "", "{", JSON, {}),
    ("POST", "", "[" * 100_000, JSON, {}),
    ("POST", "", "wort", "\xff/\xff; a", {}),
    ("POST", "", "a=1", FORMULAR, {"CONTENT_LENGTH": "viel"}),
    ("POST", "", "a=1", FORMULAR, {"CONTENT_LENGTH": "-1"}),
    ("GET", "", "", FORMULAR, {"CONTENT_LENGTH": "9" * 30}),
    ("GET", "", "", FORMULAR, {"HTTP_HOST": "fremd.example"}),
    ("GET", "", "", FORMULAR, {"HTTP_HOST": "["}),
    ("GET", "", "", FORMULAR, {"HTTP_HOST": "testserver:99999999"}),
    ("GET", "", "", FORMULAR, {"HTTP_X_FORWARDED_HOST": "fremd.example", "HTTP_X_FORWARDED_PROTO": "javascript"}),
    ("POST", "", "a=1", FORMULAR, {"HTTP_X_FORWARDED_FOR": "\xff, 999.1.1.1, ::::"}),
    ("POST", "", "a=1", FORMULAR, {"HTTP_REFERER": "http://[", "HTTP_ORIGIN": "http://["}),
    ("GET", "", "", FORMULAR, {"HTTP_ACCEPT_LANGUAGE": ",;q=x," * 2000, "HTTP_ACCEPT": ";;;/,"}),
    ("GET", "", "", FORMULAR, {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[", "HTTP_HX_TRIGGER": "{"}),
    ("GET", "", "", FORMULAR, {"HTTP_IF_MODIFIED_SINCE": "nie", "HTTP_RANGE": "bytes=9-1", "HTTP_IF_NONE_MATCH": '"'}),
    ("POST", "", "a=1", FORMULAR, {"HTTP_USER_AGENT": "\0\xff" * 500}),
    ("GET", "", "", FORMULAR, {"HTTP_COOKIE": 'sitzung=\0\xff; schutz="; ;;=; sitzung'}),
    ("POST", "", "a=1", FORMULAR, {"HTTP_COOKIE": "schutz=" + "x" * 4000}),
    ("TRACE", "", "", FORMULAR, {}),
    ("UNBEKANNT", "", "", FORMULAR, {}),
]
# Side by side.
SELTSAME_WEGE = [
    "/%ff%fe/", "/konto/%00/", "//fremd.example/", "/%0d%0aSet-Cookie:%20a=b/", "/\\fremd.example/", "/a" * 2000,
    "/antraege/99999999999999999999999/", "/antraege/%D9%A1/", "/netzwerkstellen/%ED%A0%80/", "/.env",
    "/konto/anmelden", "/static/%00", "/static/../../etc/passwd", "/static/%ff.css",
]  # fmt: skip


def maengel(response):
    """What is wrong with this answer, in words. `/status/` says 503 where a helper does not work, as in a test."""
    if response.status_code >= 500 and response.request["PATH_INFO"] != "/status/":
        yield f"{response.status_code}"
    for name, teil in KOPF.items():
        if teil not in response.headers.get(name, "") and "sandbox" not in response.headers.get(name, ""):
            yield f"{response.status_code} without {name}"
    if 400 <= response.status_code < 500 and 'lang="de"' not in response.text:
        yield f"{response.status_code} is no page: {response.text[:60]!r}"
    ziel = urlsplit(response.headers.get("Location", ""))
    if ziel.netloc or ziel.scheme or response.headers.get("Location", "").startswith(("//", "/\\")):
        yield f"leads to {response.headers['Location'][:80]}"


def fragen(client, method, path, body="", art=FORMULAR, **kopf):
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, path, body, content_type=art, **kopf)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


@pytest.mark.parametrize("person", ["niemand", "leitung.harz"])
def test_odd_requests_of_somebody_without_a_token(volle_welt, person):
    """As a server sees them: whatever asks for the token reads the body, also while it renders a refusal."""
    client = sign_in(person)
    client.handler.enforce_csrf_checks, client.raise_request_exception = True, False
    client.get("/barriere-melden/")
    assert client.cookies["schutz"].value
    antworten = [
        fragen(client, method, pfad + frage, body, art, **kopf)
        for method, frage, body, art, kopf in ANFRAGEN
        for pfad in ("/konto/anmelden/", "/beratungen/neu/")
    ]
    assert {mangel for antwort in antworten for mangel in maengel(antwort)} == set()


@pytest.mark.parametrize("person", ["niemand", "leitung.harz"])
def test_odd_requests_at_every_address(volle_welt, gruendlich, person):
    """By day every seventh at each address, beginning with another one each time; in the exhaustive run all."""
    falsch = set()
    client = sign_in(person)
    for nummer, name in enumerate(sorted(routes())):
        for method, frage, body, art, kopf in ANFRAGEN if gruendlich else ANFRAGEN[nummer % 7 :: 7]:
            response = fragen(client, method, adresse(name) + frage, body, art, **kopf)
            falsch |= {
                (satz, method, name + frage[:30], str(body)[:40], art, str(kopf)[:60]) for satz in maengel(response)
            }
    assert sorted(falsch) == []


def test_odd_addresses(volle_welt):
    client = sign_in("niemand")
    falsch = [(satz, weg[:60]) for weg in SELTSAME_WEGE for satz in maengel(fragen(client, "GET", weg))]
    assert falsch == []


PASSKEY = {"id": "QUJD", "rawId": "QUJD", "type": "public-key", "clientExtensionResults": {}}


def antworten(challenge):
    """What a device never says, also to the very question that was asked. One answer a line."""
    gesagt = {"type": "webauthn.get", "challenge": challenge, "origin": "https://portal.example"}
    wahr = websafe_encode(json.dumps(gesagt).encode())
    neu = websafe_encode(json.dumps(gesagt | {"type": "webauthn.create"}).encode())
    yield from ("null", "1", '"a"', "[]", "{}", "[" * 5000, "NaN", "1e999", '"\\ud800"', '"\\u0000"', "\0")
    for response in (
        None,
        [],
        {},
        {"userHandle": "MQ", "clientDataJSON": "e30", "authenticatorData": "", "signature": "AA"},
        {"userHandle": "/w", "clientDataJSON": "/w", "authenticatorData": "/w", "signature": ""},
        {"userHandle": "MQ", "clientDataJSON": wahr, "authenticatorData": "AA" * 50, "signature": "AA"},
        {"userHandle": "MQ", "clientDataJSON": "W10", "authenticatorData": "AA" * 50, "signature": "AA"},
        {
            "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
            "clientDataJSON": wahr,
            "authenticatorData": "",
            "signature": "",
        },
        {"clientDataJSON": "W10", "attestationObject": "/w"},
        {"clientDataJSON": neu, "attestationObject": "oA"},
        {"clientDataJSON": neu, "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA"},
        {"clientDataJSON": neu, "attestationObject": "W" * 4000},
    ):
        yield json.dumps(PASSKEY | {"response": response})
    yield json.dumps(PASSKEY | {"id": "ä", "rawId": "ä", "response": {}})


@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_no_answer_of_a_passkey_breaks_its_page(volle_welt, name):
    client = sign_in("niemand" if "login" in name else "leitung.harz")
    client.get(reverse(name), headers={"X-Requested-With": "XMLHttpRequest"})  # asks the question
    challenge = client.session.get("mfa.webauthn.state", {}).get("challenge", "AAAA")
    falsch = []
    for antwort in antworten(challenge):
        response = fragen(client, "POST", reverse(name), urlencode({"credential": antwort, "name": "a"}))
        falsch += [(satz, antwort[:120]) for satz in maengel(response)]
    assert falsch == []


def test_nul_in_the_name_of_a_field_is_kept_nowhere(client, db):
    """The words that came too late are kept for their person; such a field is left out."""
    person = make_person()
    body = urlencode({"wessen": wessen(person), "vorname": "Kim", "a\0b": "Wort"})
    assert client.post("/konto/profil/", body, content_type=FORMULAR).status_code == 302
    assert Eingabe.objects.get().felder == {"vorname": ["Kim"]}


def test_a_refusal_is_one_line_in_the_log(als, cast, caplog, monkeypatch):
    """No trace of the code that refused it: a trace in the log is a mishap."""
    caplog.set_level(logging.WARNING, "django.request")
    (console,) = (h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler)
    monkeypatch.setattr(console, "stream", io.StringIO())
    assert als(cast.lehrkraft).get("/personen/").status_code == 403
    assert als(cast.lehrkraft).get("/", headers={"Host": "fremd.example"}).status_code == 400
    zeilen = console.stream.getvalue().splitlines()
    assert [zeile[:29] for zeile in zeilen] == ["Forbidden (Permission denied)", "Invalid HTTP_HOST header: 'fr"]
