"""Gathers the models of all subjects for Django."""

from angebote.foerderung.models import Kostenart, Thema, Zielgruppe

__all__ = ["Kostenart", "Thema", "Zielgruppe"]
