"""Prompts: those that ship, those that a team saves, and which of them is live."""

from bot.services.prompts.cleaning import NAMES_FOUND
from bot.services.prompts.promotion import Verdicts
from bot.services.prompts.registry import PromptService, Saved
from bot.services.prompts.shipped import load_prompt, shipped_prompts

__all__ = ["NAMES_FOUND", "PromptService", "Saved", "Verdicts", "load_prompt", "shipped_prompts"]
