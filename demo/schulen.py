"""Some sixty invented schools in real places, their Schulträger, their Schulsozialarbeit and their people."""

from itertools import cycle

from django.utils.text import slugify

from demo.konten import KONTEN, SCHULE_A, SCHULE_B
from demo.namen import FREIE_TRAEGER, FUNKTIONEN, POSTLEITZAHL, SCHULNAMEN, STAEDTE, STRASSEN, TELEFON
from netzwerkstellen.models import Gemeinde, Organisation, Schule, Schulform, Schulsozialarbeit, Schulzugehoerigkeit
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle

JE_STELLE = {"HZ": 6, "BK": 6}
# How often a Schulform comes up
FORMEN = {
    "grundschule": 6,
    "sekundarschule": 3,
    "gemeinschaftsschule": 2,
    "gymnasium": 2,
    "foerderschule": 1,
    "berufsbildende-schule": 1,
}
# Schulnummer, Schulform, name and place of the two schools that every story starts from
FESTE = {
    "HZ": (SCHULE_A, "sekundarschule", "Am Sternentor", "Halberstadt"),
    "BK": (SCHULE_B, "grundschule", "Wolkenschiff", "Haldensleben"),
}


class Schulen:
    """Collects schools and what hangs on them; `speichern` writes everything at once, people come before."""

    def __init__(self, welt, menschen):
        self.welt, self.menschen = welt, menschen
        self.formen = {form.schluessel: form for form in Schulform.objects.exclude(schluessel=None)}
        self.gemeinden: dict[str, list[str]] = {}
        for name, kuerzel in Gemeinde.objects.order_by("name").values_list("name", "netzwerkstelle__kuerzel"):
            self.gemeinden.setdefault(kuerzel, []).append(name)
        self.traeger = [Organisation(name=name, art="frei") for name in FREIE_TRAEGER]
        self.schultraeger: dict[str, Organisation] = {}
        self.schulen: list[Schule] = []
        self.sozialarbeiten: list[Schulsozialarbeit] = []
        self.zugehoerigkeiten: list[Schulzugehoerigkeit] = []
        self._namen = cycle(welt.zufall.sample(SCHULNAMEN, len(SCHULNAMEN)))

    def erfinden(self) -> None:
        for kuerzel, feste in FESTE.items():
            self._schule(self.welt.stellen[kuerzel], *feste)
        for stelle in self.welt.stellen.values():
            for _ in range(JE_STELLE.get(stelle.kuerzel, 4) - (stelle.kuerzel in FESTE)):
                self._schule(stelle, f"DEMO-{len(self.schulen) + 1:04}", *self._form_name_ort(stelle.kuerzel))
        for schule in self.schulen:
            self._sozialarbeit(schule)
            self._kollegium(schule)

    def speichern(self) -> None:
        Organisation.objects.bulk_create([*self.traeger, *self.schultraeger.values()])
        Schule.objects.bulk_create(self.schulen)
        Schulsozialarbeit.objects.bulk_create(self.sozialarbeiten)
        Schulzugehoerigkeit.objects.bulk_create(self.zugehoerigkeiten)

    def _form_name_ort(self, kuerzel) -> tuple[str, str, str]:
        """A Grundschule stands anywhere in the district, every other school in one of its towns."""
        [form] = self.welt.zufall.choices(list(FORMEN), FORMEN.values())
        orte = self.gemeinden[kuerzel] if form == "grundschule" else STAEDTE.get(kuerzel, self.gemeinden[kuerzel])
        return form, next(self._namen), self.welt.zufall.choice(orte)

    def _schule(self, stelle, nummer, form, name, ort) -> None:
        zufall, schulform = self.welt.zufall, self.formen[form]
        adresse = slugify(f"{form} {name} {ort}".replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
        self.schulen.append(
            Schule(
                schulnummer=nummer,
                name=f"{schulform.name} „{name}“{self.welt.marken.oeffentlich()}",
                schulform=schulform,
                netzwerkstelle=stelle,
                schultraeger=self._schultraeger(stelle, form, ort),
                strasse=f"{zufall.choice(STRASSEN)} {zufall.randint(1, 80)}",
                plz=POSTLEITZAHL[stelle.kuerzel],
                ort=ort,
                email=f"sekretariat@{adresse}.example",
                telefon=TELEFON.format(500 + len(self.schulen)),
            )
        )

    def _schultraeger(self, stelle, form, ort) -> Organisation:
        """A Grundschule belongs to its Gemeinde, every other school to the Landkreis or the city."""
        name = ort if form == "grundschule" and stelle.art == stelle.Art.LANDKREIS else stelle.region
        neu = Organisation(name=name, einheit="Schulverwaltung", art="oeffentlich", ort=ort if name == ort else "")
        return self.schultraeger.setdefault(name, neu)

    def _sozialarbeit(self, schule) -> None:
        zufall = self.welt.zufall
        if schule.schulnummer != SCHULE_A and zufall.random() < 0.4:
            return
        beginn = self.welt.schuljahr(-zufall.randint(0, 2))
        self.sozialarbeiten.append(Schulsozialarbeit(schule=schule, traeger=zufall.choice(self.traeger), von=beginn))

    def _kollegium(self, schule) -> None:
        """The fixed accounts of this school; elsewhere a head; then one or two teachers, and the Schulsozialarbeit."""
        kuerzel = schule.netzwerkstelle.kuerzel
        feste = [konto for konto in KONTEN if konto.schule == schule.schulnummer and konto.rolle in SCHULROLLEN]
        for konto in feste:
            self._zugehoerig(schule, self.menschen.personen[konto.email], konto.rolle)
        if not feste:
            self._zugehoerig(schule, self.menschen.irgendwer("Schulleitung", kuerzel), Rolle.SCHULE_LEITUNG)
        for _ in range(self.welt.zufall.randint(1, 2)):
            person = self.menschen.irgendwer(self.welt.zufall.choice(FUNKTIONEN), kuerzel)
            self._zugehoerig(schule, person, Rolle.SCHULE_MITARBEIT)
        if self._arbeitgeber(schule) and Rolle.SCHULSOZIALARBEIT not in {konto.rolle for konto in feste}:
            person = self.menschen.irgendwer("Schulsozialarbeit", kuerzel)
            self._zugehoerig(schule, person, Rolle.SCHULSOZIALARBEIT)

    def _zugehoerig(self, schule, person, rolle) -> None:
        arbeitgeber = self._arbeitgeber(schule) if rolle == Rolle.SCHULSOZIALARBEIT else None
        self.zugehoerigkeiten.append(
            Schulzugehoerigkeit(
                person=person, schule=schule, rolle=rolle, arbeitgeber=arbeitgeber, von=self.welt.schuljahr(-1)
            )
        )

    def _arbeitgeber(self, schule) -> Organisation | None:
        return next((zeile.traeger for zeile in self.sozialarbeiten if zeile.schule is schule), None)
