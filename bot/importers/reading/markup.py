"""HTML of help desks and mail as the plain text a person saw. Linear in its input, whatever that holds."""

import html
import re

_BLOCK = re.compile(
    r"</?(?:p|div|br|tr|li|ul|ol|h[1-6]|table|blockquote|hr|section|article)\b", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_LOOKS = re.compile(
    r"</(?:p|div|span|a|b|i|strong|em|ul|li|td|table|body|html|h[1-6])>|<br\s*/?>", re.IGNORECASE
)
_UNSEEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"), ("<head", "</head>"))


def to_text(markup: str) -> str:
    """Tags gone, blocks on lines of their own, entities resolved; text without markup comes back as it is."""
    if "<" not in markup:
        return html.unescape(markup) if "&" in markup else markup
    for opening, closing in _UNSEEN:
        markup = _without(markup, opening, closing)
    lined = _TAG.sub(lambda tag: "\n" if _BLOCK.match(tag[0]) else "", markup.replace("\r", ""))
    lines = (" ".join(line.split()) for line in html.unescape(lined).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def looks_like_markup(text: str) -> bool:
    """Whether a text holds closing tags of everyday HTML, rather than the odd less-than sign."""
    return "<" in text and _LOOKS.search(text) is not None


def _without(markup: str, opening: str, closing: str) -> str:
    """Cut every stretch from ``opening`` to ``closing``; one that never closes stays for the tag rule."""
    lower, kept, position = markup.lower(), [], 0
    if len(lower) != len(markup):  # a few letters change length in lower case; cut by their own case then
        lower = markup
    while (start := lower.find(opening, position)) >= 0:
        end = lower.find(closing, start)
        if end < 0:
            break
        kept.append(markup[position:start])
        position = end + len(closing)
    return "".join((*kept, markup[position:]))
