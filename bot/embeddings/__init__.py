"""Texts to vectors: the shipped MiniLM, or an API."""
