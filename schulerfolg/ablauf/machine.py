"""The one machine that takes steps. A subject brings its table, hats and words; what must never differ is here."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from schulerfolg.ablauf.tabelle import Transition, TransitionNotAllowed, Workflow
from schulerfolg.akte.models import Dokument, Schrittereignis
from schulerfolg.formular.konflikt import Veraltet
from schulerfolg.konten.models import Person
from schulerfolg.konten.models_post import Postart
from schulerfolg.konten.services import notify
from schulerfolg.rechte import Rechte
from schulerfolg.zeit import wann


class Machine:
    """Takes the steps of one kind of object: everything that belongs to a step happens, or nothing does."""

    workflow: Workflow
    events: type[Schrittereignis]
    """Its table of events, with a foreign key that is called `noun`."""
    noun: str
    """What the object is called in its events, mails and templates, e.g. `antrag`."""
    mail: str
    """The template of a step's mail, e.g. `angebote/mail/{}.txt`."""
    post: ClassVar[dict[str, Postart]] = {}
    """Mails by name of which everybody chooses when they get them; all others must arrive."""
    moves: tuple[str, ...] = ()
    """Columns that are saved with every step, such as `geaendert_am`."""

    def rows(self) -> Any:
        """The QuerySet a locked object is read with."""
        raise NotImplementedError

    def hats(self, person, obj) -> set:
        """The hats this person wears towards this object."""
        raise NotImplementedError

    def place(self, hat, obj) -> str:
        """Where this hat is worn, in words; empty where that says nothing."""
        raise NotImplementedError

    def recipients(self, obj, step: Transition) -> Iterable[Person]:
        """Who gets the mail of this step; whoever took it hears nothing of it."""
        return ()

    def may_read_along(self, person, obj, step: Transition | None) -> bool:
        """Whether somebody who stands in for one of them may get a copy: with a hat of their own that is told."""
        hats = self.hats(person, obj)
        return not hats.isdisjoint(step.notifies) if step else bool(hats)

    def whose(self, obj, step: Transition) -> str:
        """For somebody with another hat: who takes this step."""
        return f"Diesen Schritt macht: {', '.join(str(role.label) for role in step.roles)}."

    def may_know(self, hats, event: Schrittereignis) -> bool:
        """Whether somebody with these hats may read at once who did this."""
        return True

    def too_late(self, obj, hats) -> str:
        """For the loser of a race: who moved the object last, and where it stands now. Nothing else is told."""
        moved = self.events._default_manager.filter(**{self.noun: obj}).exclude(von=F("nach"))
        last = moved.for_list().first()
        if last is None or not self.may_know(hats, last):
            return "Dieser Schritt ist nicht mehr möglich. Wie es jetzt steht, lesen Sie auf dieser Seite."
        stand = f"Der Stand ist jetzt „{obj.get_status_display()}“."
        return f"{last.wer} {last.in_worten} ({wann(last.am)}). {stand}"

    def attachments(self, obj, name: str) -> Iterable[Dokument]:
        """What goes along with the mail of this step."""
        return ()

    def require(self, obj, name: str, hats) -> Transition:
        """The step, if these hats take it (else PermissionDenied) and it is due (else TransitionNotAllowed)."""
        step = self.workflow.transitions[name]
        if hats.isdisjoint(step.roles):
            raise PermissionDenied(self.whose(obj, step))
        if obj.status not in step.sources:
            raise TransitionNotAllowed(self.too_late(obj, hats))
        return step

    def lock(self, obj):
        """The row as it is now, locked until the end of the transaction."""
        return self.rows().select_for_update(of=("self",)).get(pk=obj.pk)

    def lock_for(self, obj, rights: Rechte, action: str, by):
        """The locked row, if this person may do this and its moment has not passed.

        For what is no step. Raises PermissionDenied, TransitionNotAllowed.
        """
        obj = self.lock(obj)
        rights.require(self.hats(by, obj), action, obj)
        if not rights.due(action, obj):
            raise TransitionNotAllowed(f"Das geht im Stand „{obj.get_status_display()}“ nicht mehr.")
        return obj

    @transaction.atomic
    def take_step(
        self,
        obj,
        name: str,
        *,
        by,
        begruendung: str = "",
        text: str = "",
        hat=None,
        version: str | None = None,
        am: datetime | None = None,
        meanwhile: Callable[[Any], None] | None = None,
        **changes,
    ):
        """Take the step `name` for `by`, and return the object as it is then.

        The row is locked and read again first, so a double click or two colleagues at once can't take the same step
        twice; the loser reads what happened. Then the table is asked, the reason, the conditions. `changes` are columns
        and their values; a value may be a function of the locked object. `meanwhile(obj)` writes what belongs to the
        step and what its mails tell of. `text` tells the history more than the table does. `hat` is one that no page
        can grant (the Gremium's, the portal's). `version` is what the page of the step showed; None where there is no
        such page. `am` is the moment of the step, taken after every lock it needs. Raises PermissionDenied,
        TransitionNotAllowed, ValidationError, Veraltet.
        """
        obj = self.lock(obj)
        hats = {hat} if hat else self.hats(by, obj)
        step = self.require(obj, name, hats)
        current = self.workflow.version(name, obj)
        if version not in (None, current):
            raise Veraltet(current)
        if step.needs_reason and not begruendung.strip():
            raise ValidationError("Bitte begründen Sie diesen Schritt.")
        self.workflow.check(name, obj, by)
        before, obj.status = obj.status, step.target
        for field, value in changes.items():
            setattr(obj, field, value(obj) if callable(value) else value)
        obj.save(update_fields=["status", *self.moves, *changes])
        if meanwhile:
            meanwhile(obj)
        text = text or step.past
        event = self.note(
            obj, name, text, by=by, before=before, begruendung=begruendung, hats=hats, order=step.roles, am=am
        )
        if step.notifies:
            self.write(self.recipients(obj, step), name, obj, event, step)
        return obj

    def note(
        self,
        obj,
        name: str,
        text: str,
        *,
        by,
        before: str | None = None,
        begruendung: str = "",
        hats=None,
        order=None,
        betrifft: Person | None = None,
        betrifft_auch: Person | None = None,
        am: datetime | None = None,
    ) -> Schrittereignis:
        """Tell the history of the object who did what, in which hat, in the transaction that does it.

        `before` is the status it came from, if it moved. Of several `hats` the first one in `order` counts. `text`
        names nobody; people it speaks of are given apart (`Ereignis.NENNT`).
        """
        return self.events._default_manager.create(
            **{self.noun: obj},
            schritt=name,
            text=text,
            begruendung=begruendung,
            von=obj.status if before is None else before,
            nach=obj.status,
            durch=by,
            rolle=self.hat_in_words(obj, self.hats(by, obj) if hats is None else hats, order),
            betrifft=betrifft,
            betrifft_auch=betrifft_auch,
            am=am or timezone.now(),
        )

    def hat_in_words(self, obj, hats, order=None) -> str:
        """The hat used, with its place: „Sachbearbeitung, Netzwerkstelle Harz“; empty where none is worn."""
        hat = next((hat for hat in (order or sorted(hats, key=_rank)) if hat in hats), None)
        if hat is None:
            return ""
        place = self.place(hat, obj)
        return f"{hat.label}, {place}"[:120] if place else str(hat.label)

    def write(
        self, people: Iterable[Person], name: str, obj, event: Schrittereignis, step: Transition | None = None
    ) -> None:
        """Put the mail of this name into the outbox, for each of them but whoever caused it."""
        by = event.durch
        notify(
            sorted((person for person in people if person != by), key=lambda person: person.pk),
            self.mail.format(name),
            {self.noun: obj, "ereignis": event, "schritt": step},
            ereignis=f"{self.noun}:{event.pk}",
            anlagen=self.attachments(obj, name),
            vertretbar=lambda person: person != by and self.may_read_along(person, obj, step),
            art=self.post.get(name),
        )


def _rank(hat) -> int:
    """The order in which the hats were written down."""
    return type(hat).values.index(hat.value)
