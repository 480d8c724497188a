"""Use cases, one module per noun; ports come in by constructor."""
