"""Texts that want to be obeyed by whatever shows them."""

import json

from tests.paths import SHARED_DATA

HOSTILE = (
    "</script><script>window.pwned = 1</script>",
    "<!--<script>",
    "]]></script><img src=x onerror=window.pwned=1>",
    "<img src=https://evil.example/x.png onerror='window.pwned=1'>",
    '"><svg onload=window.pwned=1>',
    "' onmouseover='window.pwned=1' x='",
    "</textarea></title></style><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "javascript:window.pwned=1",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    "![x](https://evil.example/p.png) [click](javascript:window.pwned=1) @channel @bob #12 GH-7",
    "```\n</details>\n# heading\n| a | b |\n",
    "| a | b |\n|---|---|\n<details open>",
    "\x1b]8;;https://evil.example\x07link\x1b]8;;\x07\x1b[2J\x00\x0b\ufffe",
    "lone \ud800 surrogate \u2028 \u2029 \u202e desrever",
    "__proto__",
    "=HYPERLINK(1)",
    "[bold red]rich[/] [link=https://evil.example]x[/link]",
)


def hostile_texts() -> list[str]:
    """The above, and what the shared development data add where they are there."""
    found = list(HOSTILE)
    for name in ("slack_markup_dev.jsonl", "dev.jsonl"):
        path = SHARED_DATA / "injection" / name
        if path.is_file():
            lines = path.read_text("utf-8").splitlines()
            found += [str(json.loads(line)["text"]) for line in lines if line.strip()][:40]
    return found
