"""What every start of the web server has in common; gunicorn reads this file from the folder it starts in."""

# The longest it allows: so the portal itself says in German what to do about a question that is too long.
limit_request_line = 8190
