"""Two minutes on a phone: from the mail to the signature, with few taps and on few screens."""

from angebote.antrag.workflow import Status
from schulerfolg.konten.models import Mail
from tests.browser.haende import Haende
from tests.factories_antrag import make_antrag_in

SCHIRM = 812


def test_the_head_signs_on_the_phone(transactional_db, cast, besuch):
    """After the mail: one tick, one button. The button lies on the second screen at the latest."""
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    page = besuch(cast.schulleitung, js=False, breite=375)
    page.set_viewport_size({"width": 375, "height": SCHIRM})
    kopf = Haende(page, "ohne_js")
    kopf.aus_der_mail(Mail.objects.get(an=cast.schulleitung.email, betreff__startswith="Bitte prüfen"))
    kopf.lies("bittet Sie seit dem")
    knopf = page.get_by_role("button", name="Verbindlich einreichen")
    kasten = knopf.bounding_box()
    assert kasten["y"] + kasten["height"] < 2 * SCHIRM
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    kopf.kreuz("Ich habe den Antrag gelesen")
    kopf.drueck("Verbindlich einreichen")
    kopf.lies("Was wird aus meinem Antrag?")
    antrag.refresh_from_db()
    assert antrag.status == Status.EINGEREICHT


def test_the_head_sends_it_back_on_the_phone(transactional_db, cast, besuch):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    kopf = Haende(besuch(cast.schulleitung, js=False, breite=375), "ohne_js")
    kopf.aus_der_mail(Mail.objects.get(an=cast.schulleitung.email, betreff__startswith="Bitte prüfen"))
    kopf.drueck("Zur Überarbeitung zurückgeben")
    kopf.schreib("Begründung", "Bitte die Kosten genauer.")
    kopf.drueck("Zur Überarbeitung zurückgeben")
    kopf.lies("Bitte die Kosten genauer.")
    antrag.refresh_from_db()
    assert antrag.status == Status.ENTWURF
