"""How what happens reaches the app, and how the app answers: sockets, signed HTTP, response URLs."""
