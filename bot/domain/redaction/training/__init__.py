"""Trains the tagger of names and addresses; needs Faker (development only). ``python -m bot.domain.redaction.training``."""
