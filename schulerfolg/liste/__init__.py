"""The list kit: `filters` (what is searched), `seiten` (a page at a time), `views` (the page, or its hits alone)."""
