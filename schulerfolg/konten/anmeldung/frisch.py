"""Some acts ask once more who is there: releases, money, the right to sign, and one's own keys.

Whoever signed in or answered in the last five minutes (`ACCOUNT_REAUTHENTICATION_TIMEOUT`) is not asked. What was
typed survives the way there and back (`aufheben`).
"""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required


def require_fresh(request, wofuer: str) -> None:
    """Send the person to say who they are and back again, unless they just did. After the check of their rights.

    `wofuer`: what they are about to do, in words; the page that asks repeats them.
    """
    request.session["wofuer"] = {"adresse": request.get_full_path(), "worte": wofuer}
    raise_if_reauthentication_required(request, app="schulerfolg")


def require_fresh_for_signature(request, form, *, hatte: bool = False) -> None:
    """Who may sign for the office is given by somebody who has just said who they are."""
    if form.is_bound and form.is_valid() and form.cleaned_data.get("zeichnungsbefugt") and not hatte:
        require_fresh(request, "Zeichnungsbefugnis erteilen")
