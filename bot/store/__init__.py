"""Tables, repositories, unit of work, migrations."""
