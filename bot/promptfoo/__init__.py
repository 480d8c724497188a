"""Reading promptfoo configs as they are: prompts, providers, tests, scenarios."""

from bot.promptfoo.load import load_plan

__all__ = ["load_plan"]
