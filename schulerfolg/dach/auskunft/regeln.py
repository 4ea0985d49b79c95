"""How a typical duration is counted."""


def gestutztes_mittel(werte: list[float], anteil: float = 0.1) -> float:
    """The winsorised mean: the lowest and the highest tenth count as their neighbours, so that no single case tips it.

    Needs at least one value.
    """
    reihe = sorted(werte)
    rand = int(len(reihe) * anteil)
    unten, oben = reihe[rand], reihe[-1 - rand]
    return sum(min(max(wert, unten), oben) for wert in reihe) / len(reihe)
