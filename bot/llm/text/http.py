"""promptfoo's HTTP provider: any server that takes a prompt, its request built from templates.

Keys of the config: url, method, headers, body (JSON or text), queryParams, transformRequest,
transformResponse (or responseParser), validateStatus; JavaScript runs in the sandbox. Without
transformResponse the answer's JSON is the output, or its text. Redirects are not followed.
"""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.errors import InputError, ModelAnswerInvalid, SettingsError
from bot.llm.text.calling import allowed_url, call, failure, hold_s, is_loopback
from bot.llm.text.http1 import HttpClient, HttpReply
from bot.llm.text.wire import JsonObject, TextAccess, TextReply, TextRequest

VENDOR = "The HTTP provider"
_NOT_DONE = (
    "request",
    "multipart",
    "auth",
    "signatureAuth",
    "session",
    "sessionParser",
    "tls",
    "tokenEstimation",
)


class HttpText:
    """One endpoint. The host stands in the config; templates fill in the rest."""

    price_at = None

    def __init__(self, url: str, config: JsonObject, access: TextAccess) -> None:
        self._url, self._config, self._access = url, config, access
        self._client = HttpClient()
        self._checked: set[str] = set()
        self.lane = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        self.leaves = not is_loopback(url)

    def identity(self, request: TextRequest) -> JsonObject:
        headers = dict.fromkeys(self._config.get("headers") or {}, "")  # values may be secrets
        asked = {key: self._config.get(key) for key in ("method", "body", "queryParams", "transformRequest")}
        read = {
            key: self._config.get(key) for key in ("transformResponse", "responseParser", "validateStatus")
        }
        said = {"prompt": request.prompt, "vars": dict(request.vars)}
        return {"url": self._url, "headers": headers, **asked, **read, **said}

    async def complete(self, request: TextRequest) -> TextReply:
        values = {**request.vars, "prompt": request.prompt}
        method, url, headers, body = await self._request(values, request.prompt)
        started = time.perf_counter()
        reply = await call(self._client, VENDOR, method, url, headers, body, self._access.timeout)
        latency = (time.perf_counter() - started) * 1000
        await self._check(reply)
        value = await self._output(reply)
        return _reply(value, latency, hold_s(reply.headers))

    async def close(self) -> None:
        await self._client.close()

    async def _request(
        self, values: Mapping[str, Any], prompt: str
    ) -> tuple[str, str, dict[str, str], bytes]:
        config = self._config
        try:
            prompt_sent = await self._script(
                "transformRequest", {"prompt": prompt, "vars": dict(values)}, prompt
            )
            values = {**values, "prompt": prompt_sent}
            method = _filled(str(config.get("method") or "GET"), values).upper()
            headers = {
                name.lower(): _filled(str(value), values)
                for name, value in (config.get("headers") or {}).items()
            }
            if isinstance(config.get("body"), dict | list):
                headers.setdefault("content-type", "application/json")
            url = self._address(values)
            as_json = "json" in headers.get("content-type", "")
            body = (
                b"" if method in ("GET", "HEAD") else _body(config.get("body"), values, prompt_sent, as_json)
            )
        except InputError as error:
            raise ModelAnswerInvalid(
                f"The request cannot be made: {error.message}", hint=error.hint
            ) from None
        return method, url, headers, body

    def _address(self, values: Mapping[str, Any]) -> str:
        """The URL filled in; a value may not lead to another host than the config's or an allowed one."""
        parts = urlsplit(_filled(self._url, values))
        origin = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
        if origin not in self._checked:
            allowed_url(origin, _with_origins(self._access))
            self._checked.add(origin)
        query = parse_qsl(parts.query, keep_blank_values=True)
        query += [
            (name, _filled(str(value), values))
            for name, value in (self._config.get("queryParams") or {}).items()
        ]
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))

    async def _check(self, reply: HttpReply) -> None:
        """As promptfoo every status passes unless ``validateStatus`` says otherwise; 429 and 5xx are tried
        again first, as there."""
        code = self._config.get("validateStatus")
        if reply.status == 429 or reply.status >= 500 or 300 <= reply.status < 400:
            raise failure(VENDOR, reply)
        if code and not await self._script("validateStatus", {"status": reply.status}, True):
            raise failure(VENDOR, reply)

    async def _output(self, reply: HttpReply) -> Any:
        text = reply.body.decode("utf-8", "replace")
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            data = None
        name = "transformResponse" if self._config.get("transformResponse") else "responseParser"
        names = {
            "json": data,
            "text": text,
            "context": {"response": {"status": reply.status, "headers": dict(reply.headers), "data": text}},
        }
        try:
            return await self._script(name, names, data or text)
        except InputError as error:
            raise ModelAnswerInvalid(f"{name}: {error.message}", hint=error.hint) from None

    async def _script(self, key: str, names: Mapping[str, Any], otherwise: Any) -> Any:
        """What the config's JavaScript under that key gives back, for a function its result."""
        code = str(self._config.get(key) or "").strip()
        if not code:
            return otherwise
        from bot.javascript import Form, run

        if "=>" in code.partition("\n")[0] or code.startswith("function"):
            code = f"({code.rstrip(';')})({', '.join(names)})"
        return await asyncio.to_thread(run, code, names, form=Form.TRANSFORM)


def open_text(url: str, config: JsonObject, access: TextAccess) -> HttpText:
    """Raises SettingsError: an address that may not be called, a part of the config that is not done here."""
    address = str(config.get("url") or url)
    if refused := [key for key in _NOT_DONE if config.get(key)]:
        raise SettingsError(f"The HTTP provider's {', '.join(refused)} is not done here.")
    for key in ("transformResponse", "responseParser", "transformRequest", "validateStatus", "body"):
        if str(config.get(key) or "").startswith("file://"):
            raise SettingsError(
                f"The HTTP provider's {key} from a file is not read here.", hint="Write it inline."
            )
    if not address.startswith(("http://", "https://")) or "{" in (urlsplit(address).netloc or "{"):
        raise SettingsError(
            "The HTTP provider needs a url with its host written out.", hint="Set config.url."
        )
    parts = urlsplit(address)
    allowed_url(urlunsplit((parts.scheme, parts.netloc, "", "", "")), _with_origins(access))
    if config.get("body") is None and str(config.get("method") or "GET").upper() != "GET":
        raise SettingsError(
            "The HTTP provider needs a body.", hint='For example body: {"prompt": "{{prompt}}"}.'
        )
    return HttpText(address, config, access)


def _with_origins(access: TextAccess) -> TextAccess:
    """A base URL that the settings name opens its host for this provider."""
    from dataclasses import replace

    split = [urlsplit(url) for url in access.allowed_base_urls]
    origins = tuple(urlunsplit((each.scheme, each.netloc, "", "", "")) for each in split)
    return replace(access, allowed_base_urls=origins)


def _filled(text: str, values: Mapping[str, Any]) -> str:
    if "{" not in text:
        return text
    from bot.domain.nunjucks import render

    return render(text, values)


def _body(body: Any, values: Mapping[str, Any], prompt: Any, as_json: bool) -> bytes:
    if not as_json:
        return b"" if body is None else _filled(str(body), values).strip().encode()
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            return _filled(body, {key: _escaped(value) for key, value in values.items()}).encode()
    if isinstance(prompt, Mapping):
        return json.dumps({**(body or {}), **prompt}).encode()
    return json.dumps(_json_filled(body, values)).encode()


def _json_filled(value: Any, values: Mapping[str, Any]) -> Any:
    """Texts filled in; one that has become a JSON list or object stands as such, so a chat prompt can."""
    if isinstance(value, str):
        text = _filled(value, values)
        if text.strip()[:1] in ("{", "["):
            try:
                return json.loads(text)
            except ValueError:
                return text
        return text
    if isinstance(value, Mapping):
        return {key: _json_filled(item, values) for key, item in value.items()}
    return [_json_filled(item, values) for item in value] if isinstance(value, list) else value


def _escaped(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False)[1:-1] if isinstance(value, str) else value


def _reply(value: Any, latency: float, hold: float) -> TextReply:
    """A transform may give a whole answer: output, tokenUsage, cost."""
    if not (isinstance(value, Mapping) and "output" in value):
        return TextReply(value, latency_ms=latency, hold_s=hold)
    if value.get("error"):
        raise ModelAnswerInvalid(f"The server says: {str(value['error'])[:500]}")
    usage = value.get("tokenUsage") or {}
    cost = value.get("cost")
    return TextReply(
        value["output"],
        usage.get("prompt"),
        usage.get("completion"),
        cost=float(cost) if isinstance(cost, int | float) else None,
        latency_ms=latency,
        finish_reason=value.get("finishReason"),
        hold_s=hold,
    )
