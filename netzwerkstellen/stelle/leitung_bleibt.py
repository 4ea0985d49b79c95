"""An office is never without a Leitung: the database refuses to end their work, and to close their account.

Asked at the end of a transaction, so that a successor may come in the same one. Days are those of the clock here.
"""

import pgtrigger

OHNE_LEITUNG = """
    NOT EXISTS (
        SELECT 1 FROM netzwerkstellen_mitarbeit m JOIN konten_person p ON p.id = m.person_id
        WHERE m.netzwerkstelle_id = {stelle} AND m.rolle = 'leitung' AND p.is_active
          AND (m.bis IS NULL OR m.bis >= (now() AT TIME ZONE 'Europe/Berlin')::date)
    )
"""
VERWEIGERN = """
    RAISE EXCEPTION 'mitarbeit_leitung_bleibt: office % would have no Leitung', {stelle}
        USING ERRCODE = 'check_violation', CONSTRAINT = 'mitarbeit_leitung_bleibt';
"""
LEITUNG_BLEIBT = pgtrigger.Trigger(
    name="leitung_bleibt",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(old__rolle="leitung"),
    func=f"""
        IF {OHNE_LEITUNG.format(stelle="OLD.netzwerkstelle_id")} THEN
            {VERWEIGERN.format(stelle="OLD.netzwerkstelle_id")}
        END IF;
        RETURN NULL;
    """,
)
KONTO_DER_LEITUNG_BLEIBT = pgtrigger.Trigger(
    name="konto_der_leitung_bleibt",
    operation=pgtrigger.UpdateOf("is_active"),
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(old__is_active=True, new__is_active=False),
    declare=[("leitet", "bigint")],
    func=f"""
        FOR leitet IN SELECT m.netzwerkstelle_id FROM netzwerkstellen_mitarbeit m
            WHERE m.person_id = NEW.id AND m.rolle = 'leitung'
              AND (m.bis IS NULL OR m.bis >= (now() AT TIME ZONE 'Europe/Berlin')::date)
        LOOP
            IF {OHNE_LEITUNG.format(stelle="leitet")} THEN
                {VERWEIGERN.format(stelle="leitet")}
            END IF;
        END LOOP;
        RETURN NULL;
    """,
)
