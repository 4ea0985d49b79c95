"""The form kit of the house. Read in this order: `felder` and `zahlen` (what a field takes), `basis` (a form that
takes one step), `konflikt` (somebody else was quicker), `zeilen` (rows without a script).
"""
