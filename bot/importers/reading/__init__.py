"""What every importer reads with: bytes, encodings, tables, JSON, mail, dates, columns."""
