"""From a template and a case to what is sent: text, and messages in roles."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.experiments.cells import Case
from bot.domain.experiments.plan import Template
from bot.domain.experiments.rendering import messages, render_prompt
from bot.errors import InputError
from bot.llm.text import TextRequest

Redact = Callable[[str], str]


def rendered(template: Template, case: Case, *, chat: bool = True) -> TextRequest:
    """The request for a case; without ``chat`` the text is not looked at as messages.

    Raises InputError: the template cannot be filled in, or it begins as a list of messages and is broken."""
    needs = any(each.type.removeprefix("not-").startswith("perplexity") for each in case.assertions)
    if template.language == "jinja":
        system, user = _jinja(template, case.vars)
        prompt = f"{system}\n\n{user}" if system else user
        turns = [{"role": "user", "content": user}]
    else:
        system = render_prompt(Template(template.system), case.vars) if template.system else ""
        around = {key: str(case.options.get(key) or "") for key in ("prefix", "suffix")}
        prompt = render_prompt(template, case.vars, **around)
        as_chat = chat and template.kind != "roles"
        turns = messages(prompt) if as_chat else [{"role": "user", "content": prompt}]
    roles = [{"role": "system", "content": system}] if system else []
    return TextRequest(
        prompt, (*roles, *turns), vars=case.vars, config=case.options.get("config") or {}, log_probs=needs
    )


def redacted(request: TextRequest, redact: Redact) -> TextRequest:
    """The same without personal data, line by line: across lines a mark looks like part of an address."""

    def by_line(text: str) -> str:
        return redact_lines(text, redact)

    return replace(
        request,
        prompt=by_line(request.prompt),
        messages=tuple(_deep(message, by_line) for message in request.messages),
        vars=_deep(request.vars, by_line),
    )


def redact_lines(text: str, redact: Redact) -> str:
    return "\n".join(redact(line) if line else "" for line in text.split("\n"))


def _jinja(template: Template, values: Mapping[str, Any]) -> tuple[str, str]:
    """Our own prompts: strict, sandboxed, each role filled in apart so that no value can open one."""
    from jinja2 import TemplateError

    from bot.domain.prompts.files import ENVIRONMENT

    try:
        system, user = (
            ENVIRONMENT.from_string(each).render(values).strip() for each in (template.system, template.text)
        )
    except TemplateError as error:
        raise InputError(f"The prompt cannot be filled in: {error}.") from None
    return system, user


def _deep(value: Any, change: Callable[[str], str]) -> Any:
    """Every text within a JSON value changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _deep(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_deep(item, change) for item in value]
    return value
