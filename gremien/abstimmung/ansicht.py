"""What the page of a meeting and the page of an item show to one person. Stands after forms.py and before views.py."""

from collections.abc import Iterator

from django.urls import reverse

from angebote.models import Antrag
from gremien.abstimmung.forms import AbstimmungForm, entscheidungen, vorschlag_fuer
from gremien.abstimmung.lage import Saal, haushalt
from gremien.abstimmung.services import voraussicht, zaehlen
from gremien.sitzung.forms import PunktForm
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, Zugang, mitgliedschaft, rollen, steps, zugang
from gremien.sitzung.workflow import Rolle

Art, Ausgang = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang


def sitzung_seite(sitzung, person) -> dict:
    """Agenda, attendance, dispatch and history, in a constant number of queries."""
    gremium, saal = sitzung.gremium, Saal(sitzung)
    hats, sitz = rollen(person, gremium), mitgliedschaft(person, gremium)
    rechte, punkte = RECHTE.actions(hats, sitzung), _punkte(sitzung, saal, hats, sitz)
    naechster = _naechster(punkte)
    return {
        "sitzung": sitzung,
        "knoepfe": list(_knoepfe(sitzung, steps(hats, sitzung), rechte, punkte, naechster)),
        "rechte": rechte,
        "eigener_sitz": sitz,
        "punkte": punkte,
        "naechster": naechster,
        "noch_offen": [z["punkt"].top for z in punkte if z["zu_behandeln"]],
        "bereit": Antrag.objects.bereit_fuer(gremium.netzwerkstelle).count() if "tagesordnung" in rechte else 0,
        "punkt_form": PunktForm(),
        "mitglieder": _mitglieder(saal),
        "da": saal.da,
        "ladungen": sitzung.ladungen.select_related("mitgliedschaft__person", "nachricht"),
        "ungeladen": [m for m in saal.mitglieder if m.pk not in saal.geladen],
        "anwesenheiten": sitzung.anwesenheiten.select_related("mitgliedschaft__person"),
        "ereignisse": _ereignisse(sitzung, hats),
    }


def _knoepfe(sitzung, schritte, rechte, punkte, naechster) -> Iterator[tuple[str, str, str]]:
    """What this person does next, in the order of the page: words, address, look of the button."""
    if schritte and sitzung.laeuft and naechster:
        yield (
            f"TOP {naechster.position} aufrufen",
            reverse("sitzungen:punkt", args=[sitzung.pk, naechster.pk]),
            "primary",
        )
    noch_offen = any(zeile["zu_behandeln"] for zeile in punkte)
    for schritt in schritte:
        if schritt.name != "absagen" and (punkte or schritt.name != "einladen"):
            art = "tertiary" if schritt.name == "schliessen" and noch_offen else "primary"
            yield schritt.label, _schritt_adresse(sitzung, schritt), art
    if "tagesordnung" in rechte:
        yield "Termin ändern", reverse("sitzungen:termin", args=[sitzung.pk]), "tertiary"
    for schritt in schritte:
        if schritt.name == "absagen":
            yield schritt.label, _schritt_adresse(sitzung, schritt), "tertiary"


def _schritt_adresse(sitzung, schritt) -> str:
    return reverse("sitzungen:schritt", args=[sitzung.pk, schritt.name])


def punkt_seite(punkt, person, form=None) -> dict:
    """Papers, bias, budget, vote and resolution of one item. `form`: the vote as it was sent, with its errors."""
    sitzung, saal = punkt.sitzung, Saal(punkt.sitzung)
    hats, sitz = rollen(person, sitzung.gremium), mitgliedschaft(person, sitzung.gremium)
    stand = saal.lage(punkt, alle_da=not sitzung.laeuft)
    rechte = RECHTE.actions(hats, sitzung)
    return {
        **kopf(punkt, ohne_inhalt=hats == {Rolle.UEBERBLICK}),
        "vorlage": getattr(punkt, "vorlage", None),
        "rechte": rechte,
        "eigener_sitz": sitz,
        "zugang": _zugang(punkt, saal, hats, sitz),
        "zurueckgezogen": zurueckgezogen(punkt),
        "lage": stand,
        "befangenheiten": _befangenheiten(saal, punkt, rechte, sitz),
        "form": form or (abstimmung_fuer(punkt) if "leiten" in rechte and _abstimmbar(punkt) else None),
        "zwischenstand": _zwischenstand(punkt, stand, form),
        "naechster": _naechster(_punkte(sitzung, saal, hats, sitz), nach=punkt) if "leiten" in rechte else None,
        "zur_akte": Rolle.STELLE in hats or Rolle.LESEND in hats,
        **_geld(punkt),
    }


def kopf(punkt, *, ohne_inhalt=False) -> dict:
    """What stands above every page of an item; `ohne_inhalt` for the coordination office where nothing is shared."""
    schule = punkt.antrag.schule if punkt.antrag and not ohne_inhalt else None
    titel = _ohne_inhalt(punkt) if ohne_inhalt else punkt.titel
    return {"sitzung": punkt.sitzung, "punkt": punkt, "titel": titel, "schule": schule}


def abstimmung_fuer(punkt, data=None) -> AbstimmungForm:
    """The vote on this item, with what the Stellungnahme recommends filled in."""
    return AbstimmungForm(
        data, punkt=punkt, lage=Saal(punkt.sitzung).lage(punkt), vorschlag=vorschlag_fuer(punkt.antrag)
    )


def zurueckgezogen(punkt) -> bool:
    """The case was taken back while it stood on the agenda: nobody votes on it any more."""
    weg = punkt.art == Art.ANTRAG and punkt.ausgang == Ausgang.OFFEN and not punkt.antrag.steht_auf_tagesordnung
    return weg or punkt.ausgang == Ausgang.ZURUECKGEZOGEN


def _naechster(zeilen, nach=None) -> Tagesordnungspunkt | None:
    """Where the meeting goes on: the next item after `nach`, else the first, that is to be dealt with and whose
    papers are open to this person.
    """
    offen = [z["punkt"] for z in zeilen if z["lesbar"] and z["zu_behandeln"] and z["punkt"] != nach]
    folgende = [punkt for punkt in offen if nach and punkt.position > nach.position]
    return next(iter(folgende or offen), None)


def _ereignisse(sitzung, hats):
    """The history; who is biased on what is told to those who read the papers, not to the coordination office."""
    alle = sitzung.ereignisse.for_list()
    return alle.exclude(schritt__startswith="befangenheit_") if hats == {Rolle.UEBERBLICK} else alle


def _punkte(sitzung, saal, hats, sitz) -> list[dict]:
    """The rows of the agenda: item, access, quorum, and whether the case is gone."""
    punkte = sitzung.punkte.select_related("antrag__schule", "beschluss").order_by("position")
    zeilen = []
    for punkt in punkte:
        punkt.sitzung = sitzung
        zeilen.append(
            {
                "punkt": punkt,
                "offen": punkt.ausgang == Ausgang.OFFEN,
                "lesbar": punkt.art != Art.SONSTIGES and _zugang(punkt, saal, hats, sitz) == Zugang.OFFEN,
                "befangen": bool(sitz) and sitz.pk in saal.befangen(punkt),
                "zurueckgezogen": (weg := zurueckgezogen(punkt)),
                "zu_behandeln": punkt.ausgang == Ausgang.OFFEN and punkt.art != Art.SONSTIGES and not weg,
                "faehig": saal.lage(punkt, alle_da=not sitzung.laeuft).faehig if punkt.art == Art.ANTRAG else None,
                "titel": punkt.titel if hats != {Rolle.UEBERBLICK} else _ohne_inhalt(punkt),
            }
        )
    return zeilen


def _ohne_inhalt(punkt) -> str:
    """What the coordination office reads of an item whose contents the office does not share."""
    return f"{punkt.get_art_display()} {punkt.antrag.nummer}" if punkt.antrag else punkt.get_art_display()


def _mitglieder(saal) -> list[dict]:
    return [{"mitglied": m, "da": m.pk in saal.da} for m in saal.mitglieder]


def _zugang(punkt, saal, hats, sitz) -> Zugang:
    return zugang(hats, sitz, punkt.sitzung, befangen=bool(sitz) and sitz.pk in saal.befangen(punkt))


def _befangenheiten(saal, punkt, rechte, sitz) -> list[dict]:
    """What is known of bias: reasons for those who lead and for the member itself, only the fact for the others."""
    formulare, offen = entscheidungen(saal.befangenheiten[punkt.pk]), punkt.ausgang == Ausgang.OFFEN
    darf_einwenden = "erklaeren" in rechte and offen
    stimmen, ungueltig = {s.mitgliedschaft_id: s for s in punkt.stimmen.all()}, saal.befangen(punkt)
    zeilen = []
    for form in formulare:
        sitz_der_person = form.befangenheit.mitgliedschaft
        eigene = sitz_der_person == sitz
        zeilen.append(
            {
                "zeile": form.befangenheit,
                "eigene": eigene,
                "form": form if "leiten" in rechte and offen and not eigene else None,
                "mit_grund": "gruende_lesen" in rechte or eigene,
                "einwenden": eigene and darf_einwenden and form.befangenheit.einwand_moeglich,
                "stimme": stimmen.get(sitz_der_person.pk) if sitz_der_person.pk in ungueltig else None,
            }
        )
    return zeilen


def _abstimmbar(punkt) -> bool:
    return punkt.art == Art.ANTRAG and punkt.ausgang == Ausgang.OFFEN and punkt.antrag.steht_auf_tagesordnung


def _zwischenstand(punkt, stand, form) -> str:
    """The count so far in words, once there is a vote; what it would mean follows the motion that was sent."""
    if not punkt.sitzung.laeuft or not _abstimmbar(punkt):
        return ""
    zahlen = zaehlen(punkt, stand)
    antrag_auf = (form.is_bound and form.cleaned_data.get("antrag_auf") if form else "") or "bewilligen"
    gezaehlt = zahlen["ja"] or zahlen["nein"] or zahlen["enthaltung"]
    return voraussicht(punkt.sitzung, zahlen, antrag_auf, faehig=stand.faehig.gegeben) if gezaehlt else ""


def _geld(punkt) -> dict:
    """The budgets beside an item on which nobody has resolved yet."""
    if not _abstimmbar(punkt):
        return {"haushalte": [], "ohne_budget": []}
    betrag = vorschlag_fuer(punkt.antrag).get("betrag") or punkt.antrag.beantragt
    haushalte, fehlt = haushalt(punkt.antrag, betrag)
    return {"haushalte": haushalte, "ohne_budget": fehlt}
