"""Where a case takes two people."""


def taten(person) -> dict:
    return {"Antrag verfasst": person.verfasste_antraege.values_list("pk", flat=True)}
