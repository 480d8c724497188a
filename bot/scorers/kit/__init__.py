"""What several scorers build on: JavaScript's values and patterns, JSON schemas, XML, YAML, n-grams."""
