"""One file per model provider; PROVIDERS lists them."""
