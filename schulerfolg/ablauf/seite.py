"""What a subject says about its steps on their pages: one entry per step that has an address."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from schulerfolg.ablauf.forms import StepForm
from schulerfolg.ablauf.machine import Machine


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step a person takes on a page: the service that takes it, its form, and what the page says."""

    service: Callable
    done: str
    """Said afterwards: what happened, and who has the next step."""
    intro: str
    """Said before: what this step does."""
    form: type[StepForm] = StepForm
    link: str = ""
    """The words on the way to this page, where the step's own words only fit its last button."""
    reason: str = ""
    """Help below the reason: who reads it."""
    template: str = ""
    """Where it needs another order than the pages of the other steps."""
    fresh: bool = False
    """Asks once more who is there: what is released or refused here binds."""


def _its_own_page(obj) -> str:
    return obj.get_absolute_url()


def _is_not_recorded(request, obj) -> None:
    pass


def _nothing_more(obj, step, person, hats) -> dict:
    return {}


@dataclass(frozen=True, slots=True)
class StepPages(Mapping):
    """All steps of one workflow that have an address: name → StepPage. Any other word there is a 404."""

    machine: Machine
    template: str
    """Extends `ablauf/schritt.html`."""
    pages: dict[str, StepPage]
    home: Callable[..., str] = field(default=_its_own_page)
    """Where it goes on when a step was taken."""
    context: Callable[..., dict] = field(default=_nothing_more)
    """`(object, step, person, hats)` → what else the template shows."""
    seen: Callable[..., None] = field(default=_is_not_recorded)
    """`(request, object)` records that somebody looked at what the page shows."""

    def __getitem__(self, name: str) -> StepPage:
        return self.pages[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)
