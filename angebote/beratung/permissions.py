"""Who sees and does what with a Beratung."""

from schulerfolg.konten.permissions import SCHULROLLEN, Rolle

BERATENDE = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG)


def rollen(person, beratung) -> set[Rolle]:
    """The hats this person wears towards this Beratung today; none at all means: a stranger."""
    schule = person.schulzugehoerigkeiten.gueltig().filter(schule=beratung.schule_id, rolle__in=SCHULROLLEN)
    stelle = person.mitarbeiten.gueltig().filter(netzwerkstelle=beratung.netzwerkstelle_id)
    return {
        Rolle(rolle) for rolle in (*schule.values_list("rolle", flat=True), *stelle.values_list("rolle", flat=True))
    }
