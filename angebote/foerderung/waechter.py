"""The triggers that keep a rule as it was when somebody applied: its values, its documents, its bands."""

import pgtrigger

# A rule that an application refers to may end, but not before a day on which it was applied; nothing else changes.
BENUTZTE_REGEL_BLEIBT = pgtrigger.Trigger(
    name="benutzte_regel_bleibt",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("zuletzt", "date")],
    func="""
        SELECT max((eingereicht_am AT TIME ZONE 'Europe/Berlin')::date) INTO zuletzt
          FROM angebote_antrag WHERE regel_id = OLD.id;
        IF zuletzt IS NOT NULL AND (to_jsonb(NEW) - 'bis' <> to_jsonb(OLD) - 'bis' OR NEW.bis < zuletzt) THEN
            RAISE EXCEPTION 'foerderregel_benutzte_bleibt: rule % was applied on %', OLD.id, zuletzt
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)


def _bleibt(name: str, fehler: str) -> pgtrigger.Trigger:
    """Rows of a rule belong to what was applied. Only a deletion has no NEW row."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
        IF EXISTS (
            SELECT FROM angebote_antrag
            WHERE (TG_OP <> 'INSERT' AND regel_id = OLD.regel_id) OR (TG_OP <> 'DELETE' AND regel_id = NEW.regel_id)
        ) THEN
            RAISE EXCEPTION '{fehler}: the rule was applied'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
    )


BENUTZTE_ANLAGEN_BLEIBEN = _bleibt("benutzte_anlagen_bleiben", "anlagenanforderung_benutzte_bleibt")
BENUTZTE_BAENDER_BLEIBEN = _bleibt("benutzte_baender_bleiben", "betragsband_benutztes_bleibt")
