"""The prompts that ship with the product."""

from functools import cache
from importlib import resources

from bot.domain.prompts import Prompt, Reference, parse_prompt, parse_reference
from bot.errors import NotFound


@cache
def shipped_prompts() -> dict[str, Prompt]:
    """Every version of every prompt by its reference, oldest version first."""
    found: list[Prompt] = []
    for folder in resources.files("prompts").iterdir():
        for file in folder.iterdir() if folder.is_dir() else ():
            number = file.name.removeprefix("v").removesuffix(".md")
            if file.name == f"v{number}.md" and number.isdecimal():
                reference = Reference(folder.name, int(number))
                found.append(parse_prompt(reference, file.read_text(encoding="utf-8")))
    return {str(prompt.reference): prompt for prompt in sorted(found, key=lambda each: each.reference)}


def load_prompt(name: str) -> Prompt:
    """A prompt by its reference, ``draft_story@1``, or the newest released one by its bare name.

    Raises:
        NotFound: no such prompt.
        InputError: neither a name nor a reference.
    """
    prompts = shipped_prompts()
    if "@" in name:
        chosen = prompts.get(str(parse_reference(name)))
    else:
        released = [p for p in prompts.values() if p.reference.name == name and p.about.status == "released"]
        chosen = released[-1] if released else None
    if chosen is None:
        raise NotFound(f"There is no prompt {name[:60]}.", hint=f"There are {', '.join(prompts)}.")
    return chosen
