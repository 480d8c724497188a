"""Reading promptfoo configs as they are: prompts, providers, tests, scenarios."""
