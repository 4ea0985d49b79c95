// On the answer to a form: the way back to here asks for the page anew. Pages behind the sign-in are never stored, so the
// browser would have nothing to show (docs/sicherheit.md).
history.replaceState(history.state, "", location.href);
