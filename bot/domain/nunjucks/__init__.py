"""Nunjucks, as promptfoo runs it: nothing is escaped, nothing included; users' templates are bounded."""

from bot.domain.nunjucks.render import render

__all__ = ["render"]
