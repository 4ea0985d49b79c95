"""Files: the one way in (`hochladen` guards the stream, `annahme` checks and rewrites, `felder` is the form field)
and the one way out (`ausgabe`).
"""
