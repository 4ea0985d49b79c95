"""Triggers that guard what a resolution rests on: who was invited, who was there, who presided."""

import pgtrigger

BESCHLOSSEN_BLEIBT = pgtrigger.Trigger(
    name="beschlossen_bleibt",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
        IF EXISTS (SELECT 1 FROM gremien_beschluss x WHERE x.punkt_id = NEW.id)
            AND (NEW.ausgang <> 'beschlossen'
            OR ROW(NEW.sitzung_id, NEW.position, NEW.art, NEW.titel, NEW.antrag_id)
            IS DISTINCT FROM ROW(OLD.sitzung_id, OLD.position, OLD.art, OLD.titel, OLD.antrag_id)) THEN
            RAISE EXCEPTION 'tagesordnungspunkt_beschlossen_bleibt' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
"""An item on which was resolved stays as it was."""
IST_IM_RAUM = pgtrigger.Trigger(
    name="ist_im_raum",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func="""
        IF NOT EXISTS (SELECT 1 FROM gremien_anwesenheit a
            JOIN gremien_tagesordnungspunkt t ON t.sitzung_id = a.sitzung_id
            WHERE t.id = NEW.punkt_id AND t.ausgang = 'offen' AND a.bis IS NULL
            AND a.mitgliedschaft_id = NEW.mitgliedschaft_id) THEN
            RAISE EXCEPTION 'punktleitung_nur_von_anwesenden' USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT 1 FROM gremien_befangenheit b WHERE b.punkt_id = NEW.punkt_id
            AND b.mitgliedschaft_id = NEW.mitgliedschaft_id AND b.entscheidung <> 'nicht_befangen') THEN
            RAISE EXCEPTION 'punktleitung_nicht_von_befangenen' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
"""Who presides over an open item is in the room and not excluded."""
LADUNG_BLEIBT = pgtrigger.Trigger(
    name="bleibt_wie_sie_ist",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
        IF ROW(NEW.sitzung_id, NEW.mitgliedschaft_id, NEW.nummer, NEW.beginn, NEW.ort, NEW.geladen_am)
            IS DISTINCT FROM
            ROW(OLD.sitzung_id, OLD.mitgliedschaft_id, OLD.nummer, OLD.beginn, OLD.ort, OLD.geladen_am)
            OR OLD.mail_id <> COALESCE(NEW.mail_id, 0) OR OLD.einladung_id <> COALESCE(NEW.einladung_id, 0)
        THEN
            RAISE EXCEPTION 'ladung_bleibt' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
"""An invitation stays as it went out; what was sent is noted once."""
NICHT_RUECKWIRKEND = pgtrigger.Trigger(
    name="nicht_rueckwirkend",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("beschlossen", "timestamptz")],
    func="""
        IF TG_OP = 'UPDATE' THEN
            IF ROW(NEW.sitzung_id, NEW.mitgliedschaft_id, NEW.von)
                IS DISTINCT FROM ROW(OLD.sitzung_id, OLD.mitgliedschaft_id, OLD.von)
                OR (OLD.bis IS NOT NULL AND NEW.bis IS DISTINCT FROM OLD.bis) THEN
                RAISE EXCEPTION 'anwesenheit_bleibt' USING ERRCODE = 'check_violation';
            END IF;
        ELSIF NOT EXISTS (SELECT 1 FROM gremien_sitzung s
            WHERE s.id = NEW.sitzung_id AND s.status = 'laufend') THEN
            RAISE EXCEPTION 'anwesenheit_nur_in_laufender_sitzung' USING ERRCODE = 'check_violation';
        END IF;
        SELECT max(x.am) INTO beschlossen FROM gremien_beschluss x
            JOIN gremien_tagesordnungspunkt t ON t.id = x.punkt_id WHERE t.sitzung_id = NEW.sitzung_id;
        IF (TG_OP = 'INSERT' AND NEW.von < beschlossen) OR NEW.bis < beschlossen THEN
            RAISE EXCEPTION 'anwesenheit_nicht_rueckwirkend' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
"""Who was there when something was resolved stays so; nothing is added to a closed meeting."""
