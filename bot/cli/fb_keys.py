"""What one may press in the labelling queue."""

KEYS = {"a": "agree", "d": "disagree", "u": "unsure"}
SKIP, QUIT = "s", "q"
HINT = "a agree · d disagree · u unsure · s skip · q quit"
