"""Who may be biased on an Antrag, proposed from foreign keys alone (VwVfG §§ 20, 21; fachdossier 5.3)."""

from dataclasses import dataclass

from angebote.models import Antrag
from gremien.befangenheit.models import Befangenheit
from gremien.gremium.models import Mitgliedschaft
from netzwerkstellen.models import Organisation, Schulzugehoerigkeit

P20, P21 = Befangenheit.Grad.AUSGESCHLOSSEN, Befangenheit.Grad.BESORGNIS


@dataclass(frozen=True, slots=True)
class Vorschlag:
    """A proposal of the portal: the member, how grave, and why in words."""

    mitgliedschaft: Mitgliedschaft
    grad: str
    grund: str


def vorschlaege(antrag: Antrag, mitglieder: list[Mitgliedschaft]) -> list[Vorschlag]:
    """At most one proposal per member, the gravest. Four queries, however many members."""
    kreis = _Kreis(antrag)
    gefunden = []
    for mitglied in mitglieder:
        grund = kreis.grund(mitglied)
        if grund:
            gefunden.append(Vorschlag(mitglied, *grund))
    return gefunden


class _Kreis:
    """The people and bodies around one Antrag."""

    def __init__(self, antrag):
        self.antrag = antrag
        self.partner = set(antrag.partner.values_list("organisation", flat=True))
        self.geld_an = antrag.geld_an
        self.traeger = set(antrag.schule.schulsozialarbeiten.gueltig().values_list("traeger", flat=True))
        schulen = [antrag.schule_id, *antrag.schulen_dabei.values_list("pk", flat=True)]
        zugehoerig = Schulzugehoerigkeit.objects.gueltig().filter(schule__in=schulen)
        self.an_der_schule = set(zugehoerig.values_list("person", flat=True))
        arbeitgeber = Schulzugehoerigkeit.objects.gueltig().filter(arbeitgeber__in=self.partner)
        self.bei_partnern = set(arbeitgeber.values_list("person", flat=True))

    def grund(self, mitglied) -> tuple[str, str] | None:
        organisation, person = mitglied.organisation_id, mitglied.person_id
        regeln = (
            (person == self.antrag.verfasst_durch_id, P20, "hat den Antrag selbst verfasst"),
            (person in self.an_der_schule, P20, "gehört zur antragstellenden Schule"),
            (organisation in self.partner, P20, "ist von einem Kooperationspartner des Projekts entsandt"),
            (person in self.bei_partnern, P20, "arbeitet bei einem Kooperationspartner des Projekts"),
            (
                organisation and self.geld_an and organisation == self.geld_an.pk,
                P20,
                "ist von der Stelle entsandt, die das Geld erhält",
            ),
            (organisation in self.traeger, P21, "ist vom Träger der Schulsozialarbeit an der Schule entsandt"),
            (self._freier_schultraeger(mitglied), P21, "ist vom Schulträger entsandt"),
        )
        return next(((grad, grund) for trifft_zu, grad, grund in regeln if trifft_zu), None)

    def _freier_schultraeger(self, mitglied) -> bool:
        """§ 20 (1) Nr. 5 exempts the public body that employs: only another Schulträger raises a question."""
        return (
            mitglied.organisation_id is not None
            and mitglied.organisation_id == self.antrag.schule.schultraeger_id
            and Organisation.objects.filter(pk=mitglied.organisation_id).exclude(art="oeffentlich").exists()
        )
