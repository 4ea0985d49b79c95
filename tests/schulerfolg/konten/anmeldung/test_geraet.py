import pytest

from schulerfolg.konten.anmeldung.geraet import geraet

WIN = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (WIN, "Chrome auf einem Windows-Computer"),
        (f"{WIN} Edg/140.0", "Edge auf einem Windows-Computer"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox auf einem Linux-Computer"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
            "Safari auf einem iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15; K) Chrome/140.0 Mobile Safari/537.36", "Chrome auf einem Android-Gerät"),
        ("curl/8.5", "Unbekanntes Gerät"),
        ("", "Unbekanntes Gerät"),
    ],
)
def test_a_device_in_plain_words(user_agent, name):
    assert geraet(user_agent) == name
