"""Trains the tagger of names and addresses: ``python -m bot.domain.redaction.training``. Needs Faker."""
