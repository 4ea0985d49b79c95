"""Beginning and ending a look at the portal as somebody else, and the record of its pages."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from netzwerkstellen.models import Netzwerkstelle
from netzwerkstellen.stelle.services import note_account
from schulerfolg.dach.ansicht.models import DAUER, Ansicht, Ansichtsende, Ansichtsseite
from schulerfolg.dach.ansicht.permissions import RECHTE, rollen
from schulerfolg.konten.models import Person
from schulerfolg.konten.services import notify

MARKE = "ansicht"  # in the session of whoever looks: the number of the look
VON_HAND, ABMELDUNG, RECHT = "beendet", "abgemeldet", "nicht mehr erlaubt"


@transaction.atomic
def beginnen(person: Person, *, by, begruendung: str) -> Ansicht:
    """Open the portal as this person, to read. They hear of it at once: who, when and why.

    It is noted at their account and in the history of each office they work for.
    """
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    hut = RECHTE.require(rollen(by, person), "ansehen", person)
    if not begruendung.strip():
        raise ValidationError({"begruendung": "Bitte schreiben Sie, warum. Die Person liest es in ihrer Mail."})
    jetzt = timezone.now()
    ansicht = Ansicht.objects.create(
        person=person, durch=by, begruendung=begruendung.strip(), begonnen_am=jetzt, hoechstens_bis=jetzt + DAUER
    )
    stellen = Netzwerkstelle.objects.filter(mitarbeiten__in=person.mitarbeiten.gueltig()).distinct().order_by("pk")
    text = "Portal als {betrifft} angesehen"
    note_account(person, stellen, "ansehen", text, by=by, rolle=hut, begruendung=ansicht.begruendung)
    notify([person], "dach/ansicht/mail/begonnen.txt", {"ansicht": ansicht}, ereignis=f"ansicht:{ansicht.pk}")
    return ansicht


def beenden(ansicht: Ansicht, anlass: str = VON_HAND) -> None:
    """End it now. Somebody else may have been quicker; then nothing is written."""
    if ansicht.laeuft:
        Ansichtsende.objects.bulk_create([Ansichtsende(ansicht=ansicht, anlass=anlass)], ignore_conflicts=True)


def laufende(pk: int, person: Person) -> Ansicht | None:
    """The look that this person has under way; one that is not allowed any more ends here."""
    ansicht = Ansicht.objects.laufend().select_related("person", "durch").filter(pk=pk, durch=person).first()
    if ansicht is not None and not _noch_erlaubt(ansicht):
        beenden(ansicht, RECHT)
        return None
    return ansicht


def _noch_erlaubt(ansicht) -> bool:
    return RECHTE.may(rollen(ansicht.durch, ansicht.person), "ansehen", ansicht.person)


def seite_festhalten(ansicht: Ansicht, adresse: str, status: int) -> None:
    Ansichtsseite.objects.create(ansicht=ansicht, adresse=adresse[:500], status=status)
