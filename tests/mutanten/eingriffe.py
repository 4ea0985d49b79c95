"""The ways in which a line is sabotaged: each is one change in the text of a file, at the place of one node."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

# Pairs, there and back.
VERGLEICHE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
RECHNUNGEN = {ast.Add: ast.Sub, ast.Sub: ast.Add}
SUCHEN = {"filter": "exclude", "exclude": "filter"}
ENDEN = {"__lt": "__lte", "__lte": "__lt", "__gt": "__gte", "__gte": "__gt"}
OHNE_WIRKUNG = ("log", "messages")
"""What is only said to an operator or a person."""


@dataclass(frozen=True, slots=True)
class Eingriff:
    """One change: the bytes from `anfang` to `ende` of the file become `neu`."""

    datei: str
    zeile: int
    anfang: int
    ende: int
    alt: str
    neu: str

    def __str__(self):
        alt, neu = (" ".join(text.split())[:70] for text in (self.alt, self.neu))
        return f"{self.datei}:{self.zeile}  {alt}  →  {neu}"


class Sucher:
    """Finds every place of a file that can be sabotaged: what functions do, and the lists of a table."""

    def __init__(self, datei: str, quelle: bytes):
        self.datei, self.quelle = datei, quelle
        self.anfaenge = [0]
        for zeile in quelle.splitlines(keepends=True):
            self.anfaenge.append(self.anfaenge[-1] + len(zeile))

    def alle(self) -> list[Eingriff]:
        baum = ast.parse(self.quelle)
        funktionen = [k for k in ast.walk(baum) if isinstance(k, ast.FunctionDef) and k.name != "__str__"]
        gefunden = {eingriff for funktion in funktionen for eingriff in self._in(funktion)}
        return sorted(gefunden, key=lambda e: (e.anfang, e.ende, e.neu))

    def _in(self, funktion) -> Iterator[Eingriff]:
        for schmuck in funktion.decorator_list:
            if ast.unparse(schmuck) == "transaction.atomic":
                yield self._eingriff(schmuck, "(lambda f: f)")
        for knoten in (k for anweisung in funktion.body for k in ast.walk(anweisung)):
            for neu in self._ersatz(knoten):
                yield self._eingriff(knoten, neu)

    def _ersatz(self, knoten) -> Iterator[str]:  # noqa: C901 -- one case per kind of node, to be read as a table
        """What may stand in the place of this node; of a condition in the place of its question."""
        match knoten:
            case ast.Compare(left=links, ops=[op], comparators=[rechts]) if type(op) in VERGLEICHE:
                yield ast.unparse(ast.Compare(links, [VERGLEICHE[type(op)]()], [rechts]))
            case ast.BoolOp(op=op, values=werte):
                andere = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield f"({ast.unparse(ast.BoolOp(andere, werte))})"
            case ast.UnaryOp(op=ast.Not(), operand=wert):
                yield f"({ast.unparse(wert)})"
            case ast.BinOp(left=links, op=op, right=rechts) if type(op) in RECHNUNGEN:
                yield f"({ast.unparse(ast.BinOp(links, RECHNUNGEN[type(op)](), rechts))})"
            case ast.Constant(value=bool(wert)):
                yield str(not wert)
            case ast.Constant(value=int(wert)):
                yield str(wert + 1)
            case ast.Raise():
                yield "pass"
            case ast.Expr(value=ast.Call(func=ruf)) if not ast.unparse(ruf).startswith(OHNE_WIRKUNG):
                yield "pass"
            case ast.Call(func=ast.Attribute(value=wovon, attr="filter" | "exclude" as wie), args=a, keywords=k):
                yield ast.unparse(ast.Call(ast.Attribute(wovon, SUCHEN[wie]), a, k))
            case ast.Call(func=ast.Attribute(value=wovon, attr="select_for_update")):
                yield f"{ast.unparse(wovon)}.all()" if not isinstance(wovon, ast.Name) else ast.unparse(wovon)
            case ast.keyword(arg=str(name), value=wert) if "__" in name:
                ende = f"__{name.rpartition('__')[2]}"
                if ende in ENDEN:
                    yield f"{name.removesuffix(ende)}{ENDEN[ende]}={ast.unparse(wert)}"
            case ast.If():
                yield "False"

    def _eingriff(self, knoten, neu) -> Eingriff:
        knoten = knoten.test if isinstance(knoten, ast.If) else knoten
        anfang = self.anfaenge[knoten.lineno - 1] + knoten.col_offset
        ende = self.anfaenge[knoten.end_lineno - 1] + knoten.end_col_offset
        alt = self.quelle[anfang:ende].decode()
        return Eingriff(self.datei, knoten.lineno, anfang, ende, alt, neu)
