"""JSON schemas (draft 7) as Ajv 8 reads them in strict mode."""

from bot.scorers.kit.schema.compiling import Schema, SchemaInvalid

__all__ = ["Schema", "SchemaInvalid"]
