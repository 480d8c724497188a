"""Results of an experiment as a table, JSON, JUnit, Markdown and one HTML file."""
