"""A prompt filled in with a case's vars, and the messages of it for a chat model, as promptfoo makes both."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.domain.experiments.plan import Template
from bot.domain.jsvalues import stringify
from bot.errors import InputError, Unsupported

_OPEN_TAG = re.compile(r"({%[^%]*$|{{[^}]*$|{#[^#]*$)", re.MULTILINE)
_RAW, _END_RAW = re.compile(r"{%\s*raw\s*%}"), re.compile(r"{%\s*endraw\s*%}")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_USE = re.compile(r"\{\{\s*([^{}\s|]+)\s*(?:\|[^}]+)?\}\}|\{%\s*(?:if|for)\s+([^{}\s]+)\s*.*?%\}")
_LOOP = re.compile(r"\{%\s*for\s+(\w+)\s+in\s+(\w+)\s*%\}", re.ASCII)
_ROOT = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_LOOKS_LIKE_DATA = re.compile(r"\[\s*(?:[\"{\[\d-]|true|false|null|\]$)")


def render_prompt(
    template: Template, variables: Mapping[str, Any], *, prefix: str = "", suffix: str = ""
) -> str:
    """The prompt as it is sent and shown. A template that is JSON is filled in text by text, so that values
    are escaped and its shape stays; else vars are filled in first, then the template.

    Raises InputError for a template that cannot be filled in, Unsupported for one that is not done here."""
    raw = prefix + template.prefix + template.text + template.suffix + suffix
    shape = _parsed(raw)
    if shape is not _NOT_JSON:
        try:
            return stringify(_fill(shape, variables), 2) or "null"
        except Unsupported:
            raise
        except InputError:
            pass  # promptfoo tries it as plain text then
    return _render_text(raw, variables)


def messages(prompt: str) -> list[dict[str, Any]]:
    """A rendered prompt as chat messages: a list in JSON, in YAML from ``- role:`` on, or one of the user.

    Raises InputError for a prompt that begins as such a list and is broken."""
    chat = _yaml_chat(prompt) if prompt.strip().startswith("- role:") else _json_chat(prompt)
    if isinstance(chat, list) and chat and all(isinstance(item, dict) and "role" in item for item in chat):
        return chat
    return [{"role": "user", "content": prompt}]


def _render_text(raw: str, variables: Mapping[str, Any]) -> str:
    from bot.domain.nunjucks import render

    filled = {
        name: render(_kept_whole(value), variables)
        if _is_template(value) and not _lacks(value, variables)
        else value
        for name, value in variables.items()
    }
    return render(_kept_whole(raw), filled)


def _is_template(value: Any) -> bool:
    return isinstance(value, str) and "{" in value


def _kept_whole(text: str) -> str:
    """A text in which a tag is opened and not closed is none to fill in."""
    if _OPEN_TAG.search(text) and not (_RAW.search(text) and _END_RAW.search(text)):
        return f"{{% raw %}}{text}{{% endraw %}}"
    return text


def _lacks(text: str, variables: Mapping[str, Any]) -> bool:
    """Whether a text uses a name that is no var; such a var stays as it is."""
    text = _COMMENT.sub("", text)
    used = {plain or block for plain, block in _USE.findall(text)}
    for turned, over in _LOOP.findall(text):
        used.discard(turned)
        used.add(over)
    roots = (_ROOT.match(name) for name in used)
    return any(root and root[0] != "env" and root[0] not in variables for root in roots)


def _fill(value: Any, variables: Mapping[str, Any]) -> Any:
    from bot.domain.nunjucks import render

    if isinstance(value, str):
        return render(value, variables)
    if isinstance(value, list):
        return [_fill(item, variables) for item in value]
    if isinstance(value, dict):
        return {key: _fill(item, variables) for key, item in value.items()}
    return value


_NOT_JSON = object()


def _parsed(text: str) -> Any:
    if not text.strip(" \t\r\n")[:1] or text.strip(" \t\r\n")[0] not in '{["-0123456789tfn':
        return _NOT_JSON
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return _NOT_JSON


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _json_chat(prompt: str) -> Any:
    chat = _parsed(prompt)
    stripped = prompt.strip()
    like = stripped[:1] == "{" and stripped[-1:] == "}"
    like = like or (stripped[-1:] == "]" and bool(_LOOKS_LIKE_DATA.match(stripped)))
    if chat is _NOT_JSON and like:
        raise InputError("The prompt looks like JSON, but is none.", hint="Check its quotes and commas.")
    return chat


def _yaml_chat(prompt: str) -> Any:
    import yaml

    try:
        return yaml.load(prompt, Loader=yaml.BaseLoader)  # noqa: S506  # makes nothing but texts, lists and maps
    except yaml.YAMLError as error:
        raise InputError("The prompt begins with '- role:', but is not valid YAML.") from error
