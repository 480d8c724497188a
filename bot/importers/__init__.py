"""One file per log format; IMPORTERS lists them."""
