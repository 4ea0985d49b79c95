"""The name of a step in an address."""

from collections.abc import Collection

from django.urls import register_converter


def register_steps(type_name: str, names: Collection[str]) -> None:
    """From now on `<type_name:name>` in an address is one of these steps; any other word there is a 404."""

    class StepName:
        regex = "|".join(names)

        def to_python(self, value):
            return value

        def to_url(self, value):
            if value not in names:
                raise ValueError(f"Kein Schritt einer Seite: {value}")
            return value

    register_converter(StepName, type_name)
