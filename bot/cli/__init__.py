"""The plumb command line, one module per noun."""
