"""The list kit: `suche` (how words are found), `filters` (what is searched), `ordnung` and `seiten` (a page at a time,
by key), `views` (the page, or its hits alone).
"""
