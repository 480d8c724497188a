"""Versioned prompts, one folder each; package data, no code of ours is imported here."""
