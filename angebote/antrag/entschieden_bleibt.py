"""The triggers that keep what was decided on a case, whoever writes past the services."""

import pgtrigger

# A signed decision stays: neither its status nor amount, conditions, number, rule or office change any more. Before
# that, amount and conditions move only with a step; what was submitted is never deleted.
ENTSCHIEDEN_BLEIBT = pgtrigger.Trigger(
    name="entschieden_bleibt",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
        IF TG_OP = 'DELETE' THEN
            IF OLD.nummer IS NOT NULL THEN
                RAISE EXCEPTION 'antrag_eingereicht_bleibt: % was submitted', OLD.nummer
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        END IF;
        IF OLD.status IN ('bewilligt', 'abgelehnt') AND
            (OLD.status, OLD.bewilligt, OLD.auflagen, OLD.beantragt, OLD.nummer, OLD.regel_id, OLD.netzwerkstelle_id)
            IS DISTINCT FROM
            (NEW.status, NEW.bewilligt, NEW.auflagen, NEW.beantragt, NEW.nummer, NEW.regel_id, NEW.netzwerkstelle_id)
        THEN
            RAISE EXCEPTION 'antrag_entschieden_bleibt: % is decided', OLD.nummer USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.status = NEW.status AND (OLD.bewilligt, OLD.auflagen) IS DISTINCT FROM (NEW.bewilligt, NEW.auflagen) THEN
            RAISE EXCEPTION 'antrag_beschlossenes_bleibt: % changes with a step only', OLD.nummer
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)
# At the end of the transaction every case stands where the last step of its history led.
JEDER_SCHRITT_STEHT_IN_DER_GESCHICHTE = pgtrigger.Trigger(
    name="schritt_steht_in_der_geschichte",
    operation=pgtrigger.UpdateOf("status"),
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.AnyChange("status"),
    declare=[("letzter", "text"), ("jetzt", "text")],
    func="""
        SELECT nach INTO letzter FROM angebote_antragsereignis
            WHERE antrag_id = NEW.id AND von <> nach ORDER BY id DESC LIMIT 1;
        SELECT status INTO jetzt FROM angebote_antrag WHERE id = NEW.id;
        IF jetzt IS DISTINCT FROM letzter THEN
            RAISE EXCEPTION 'antrag_schritt_steht_in_der_geschichte: % stands at %, its history at %',
                NEW.id, jetzt, letzter USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    """,
)
