"""An office is never without a Leitung: the database refuses to end their work, and to close their account.

Asked at the end of a transaction, so that a successor may come in the same one. Days are those of the clock here.
"""

import pgtrigger

NICHT_BEENDET = "({zeile}.bis IS NULL OR {zeile}.bis >= (now() AT TIME ZONE 'Europe/Berlin')::date)"
OHNE_LEITUNG = f"""
    NOT EXISTS (
        SELECT 1 FROM netzwerkstellen_mitarbeit m JOIN konten_person p ON p.id = m.person_id
        WHERE m.netzwerkstelle_id = {{stelle}} AND m.rolle = 'leitung' AND p.is_active
          AND {NICHT_BEENDET.format(zeile="m")}
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
    declare=[("verwaist", "bigint")],
    func=f"""
        SELECT l.netzwerkstelle_id INTO verwaist FROM netzwerkstellen_mitarbeit l
        WHERE l.person_id = NEW.id AND l.rolle = 'leitung' AND {NICHT_BEENDET.format(zeile="l")}
          AND {OHNE_LEITUNG.format(stelle="l.netzwerkstelle_id")}
        LIMIT 1;
        IF FOUND THEN
            {VERWEIGERN.format(stelle="verwaist")}
        END IF;
        RETURN NULL;
    """,
)
