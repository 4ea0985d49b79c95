from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from netzwerkstellen.models import Einladung, Schule, Schulsozialarbeit
from netzwerkstellen.schule import services
from schulerfolg.formular.konflikt import version_of
from tests.factories import make_einladung, make_organisation, make_schulform, make_zugehoerigkeit


def test_a_new_school_is_noted(cast):
    neu = Schule(netzwerkstelle=cast.harz, schulnummer="1", name="Neue Schule", ort="Thale", schulform=make_schulform())
    services.schule_anlegen(neu, by=cast.sachbearbeitung)
    assert cast.harz.ereignisse.get().in_worten == "Schule Neue Schule, Thale eingetragen"


def test_only_the_coordination_office_moves_a_school(cast):
    einladung = make_einladung(cast.harz, cast.leitung, cast.schule)
    schule = Schule.objects.get(pk=cast.schule.pk)
    schule.netzwerkstelle = cast.boerde
    with pytest.raises(PermissionDenied, match="Koordinierungsstelle"):
        services.schule_aendern(schule, by=cast.leitung, version=version_of(schule))
    services.schule_aendern(schule, by=cast.koordination, version=version_of(schule))
    assert Schule.objects.get(pk=schule.pk).netzwerkstelle == cast.boerde
    assert Einladung.objects.get(pk=einladung.pk).netzwerkstelle == cast.boerde
    assert cast.harz.ereignisse.get().in_worten == f"Schule {schule} geändert: zuständige Netzwerkstelle"
    assert cast.boerde.ereignisse.get().in_worten == f"Schule {schule} kommt von: {cast.harz.name}"


def test_schulsozialarbeit_by_one_traeger_at_a_time_and_another_beside(cast):
    traeger, heute = make_organisation(), timezone.localdate()

    def eintragen(wer):
        return services.schulsozialarbeit_eintragen(
            Schulsozialarbeit(schule=cast.schule, traeger=wer, von=heute), by=cast.sachbearbeitung
        )

    zeile = eintragen(traeger)
    with pytest.raises(ValidationError, match="Dieser Träger ist für diese Zeit schon eingetragen"):
        eintragen(traeger)
    eintragen(make_organisation())
    services.schulsozialarbeit_beenden(zeile, by=cast.leitung, letzter_tag=heute)
    assert Schulsozialarbeit.objects.get(pk=zeile.pk).bis == heute
    assert cast.harz.ereignisse.first().in_worten == (
        f"Schulsozialarbeit ({cast.schule}): {traeger} endet am {heute:%d.%m.%Y}"
    )


def test_a_role_at_a_school_ends(cast):
    zeile, heute = make_zugehoerigkeit(cast.schule, von=timezone.localdate()), timezone.localdate()
    with pytest.raises(ValidationError, match="Das Ende liegt vor dem Beginn"):
        services.zugehoerigkeit_beenden(zeile, by=cast.leitung, letzter_tag=heute - timedelta(days=1))
    services.zugehoerigkeit_beenden(zeile, by=cast.leitung, letzter_tag=heute)
    zeile.refresh_from_db()
    assert zeile.bis == heute


def test_ending_never_prolongs(cast):
    """By nobody: neither the head nor the office lifts an end by setting another one."""
    zeile, heute = make_zugehoerigkeit(cast.schule), timezone.localdate()
    beendet = services.zugehoerigkeit_beenden(zeile, by=cast.leitung, letzter_tag=heute)
    for wer in (cast.schulleitung, cast.leitung, cast.koordination):
        with pytest.raises(ValidationError) as refused:
            services.zugehoerigkeit_beenden(zeile, by=wer, letzter_tag=heute + timedelta(days=1))
        assert refused.value.message_dict == {
            "letzter_tag": [
                f"Das Ende steht schon fest: {heute:%d.%m.%Y}. Ein späterer Tag verlängert nichts. "
                "Soll es weitergehen, beginnen Sie bitte neu: mit einer Einladung oder einem neuen Eintrag."
            ]
        }
    services.zugehoerigkeit_beenden(beendet, by=cast.leitung, letzter_tag=heute - timedelta(days=1))
    zeile.refresh_from_db()
    assert zeile.bis == heute - timedelta(days=1)


@pytest.mark.parametrize("wer", ["freigabe", "pruefung", "nachbarin", "lehrkraft"])
def test_who_may_not(cast, wer):
    zeile = cast.lehrkraft.schulzugehoerigkeiten.get()
    with pytest.raises(PermissionDenied):
        services.zugehoerigkeit_beenden(zeile, by=getattr(cast, wer), letzter_tag=timezone.localdate())
