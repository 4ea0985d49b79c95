"""The steps of an Antrag, as the one machine takes them: its rows, hats and words."""

from collections.abc import Iterable
from typing import ClassVar

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis
from angebote.antrag.permissions import SCHULE, rollen
from angebote.antrag.stand import NUR_IN_DER_SCHULE
from angebote.antrag.workflow import ABLAUF, KOPF
from schulerfolg.ablauf.machine import Machine
from schulerfolg.konten.models import Person
from schulerfolg.konten.models_post import Postart
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle

MOST_NAMES = 4
EINGANG, FORTGANG = Postart.EINGANG, Postart.FORTGANG


class Antragsschritte(Machine):
    """Lock order: Budget → Antrag → counter."""

    workflow = ABLAUF
    events = Antragsereignis
    noun = "antrag"
    mail = "angebote/mail/{}.txt"
    moves = ("geaendert_am",)
    post: ClassVar = dict.fromkeys(
        ("einreichen", "selbst_einreichen", "nachreichen", "nachreichen_fachlich"), EINGANG
    ) | dict.fromkeys(
        ("zurueckholen", "wiederaufnehmen", "zurueckziehen", "verwerfen", "entwurf_wiederaufnehmen", "bestaetigen"),
        FORTGANG,
    )

    def rows(self):
        return Antrag.objects.for_page()

    def hats(self, person, antrag):
        return rollen(person, antrag)

    def place(self, hat, antrag):
        return antrag.schule.name if hat in SCHULROLLEN else antrag.netzwerkstelle.name if hat in STELLENROLLEN else ""

    def recipients(self, antrag, step):
        """Of a step whose reason stays inside the school, whoever wrote for the office hears in another mail."""
        people = {*empfaenger(antrag, step.notifies), *gefragte(antrag, step), *ABLAUF.told(step.name, antrag)}
        if step.name in NUR_IN_DER_SCHULE:
            people = {person for person in people if not SCHULE.isdisjoint(rollen(person, antrag))}
        return sorted(people, key=lambda person: person.pk)

    def whose(self, antrag, step):
        rollen = ", ".join(rolle.label for rolle in step.roles)
        namen = ", ".join(str(person) for person in zustaendige(antrag, step.roles)[:MOST_NAMES])
        return f"„{step.label}“ macht: {rollen}." + (f" Zuständig hier: {namen}." if namen else "")

    def may_know(self, hats, event):
        """To a school only the steps of a school are named."""
        step = ABLAUF.transitions.get(event.schritt)
        return not (hats <= SCHULE and step and SCHULE.isdisjoint(step.roles))


ANTRAG = Antragsschritte()
take_step = ANTRAG.take_step


def nur_lesen(antrag) -> str:
    """For a colleague who reads the draft: who writes it, and what to do to write as well."""
    wer = antrag.verfasst_durch
    return f"Diesen Entwurf schreibt {wer}. Sie lesen ihn. Wenn Sie mitschreiben möchten, sprechen Sie bitte mit {wer}."


def zustaendige(antrag, rollen) -> list[Person]:
    """The people who wear one of these hats towards this case today."""
    schule = antrag.schule.zugehoerigkeiten.am_platz().filter(rolle__in=rollen).select_related("person")
    stelle = antrag.netzwerkstelle.mitarbeiten.to_notify().filter(rolle__in=rollen).select_related("person")
    return list(dict.fromkeys(zeile.person for zeile in (*schule, *stelle)))


def gefragte(antrag, step) -> list[Person]:
    """Who may take the step that this one asks for."""
    if not step.asks:
        return []
    wearing = zustaendige(antrag, ABLAUF.transitions[step.asks].roles)
    return [person for person in wearing if not ABLAUF.hindrance(step.asks, antrag, person)]


def empfaenger(antrag, roles: Iterable[Rolle]) -> list[Person]:
    """Who hears of it: the author for the teachers' hats, every head, and at the office whoever has the case.

    An author who has left hears nothing more; an office hears nothing of a draft that nobody showed it.
    """
    roles = set(roles)
    if antrag.nummer is None and not antrag.stelle_sieht_entwurf:
        roles -= set(STELLENROLLEN)
    schule = antrag.schule.zugehoerigkeiten.am_platz().filter(rolle__in=roles & set(KOPF))
    personen = {z.person for z in schule.select_related("person")}
    verfasst = antrag.verfasst_durch
    if not roles.isdisjoint(set(SCHULROLLEN) - set(KOPF)) and verfasst.is_active and rollen(verfasst, antrag):
        personen.add(verfasst)
    mitarbeit = antrag.netzwerkstelle.mitarbeiten.to_notify().filter(rolle__in=roles).select_related("person")
    stelle = {m.person for m in mitarbeit}
    personen |= {antrag.zustaendig} if antrag.zustaendig in stelle else stelle
    return sorted(personen, key=lambda person: person.pk)
