"""YAML documents as js-yaml reads them, on PyYAML's parser."""

from functools import cache
from typing import Any

from bot.domain.jsvalues import to_text
from bot.scorers.kit.js import parse_json
from bot.scorers.kit.scalars import plain


class YamlInvalid(ValueError):
    """Not one YAML document."""


def load_yaml(text: str) -> Any:
    """The one document; None for an empty one. Raises YamlInvalid."""
    try:
        return parse_json(text)
    except ValueError:
        pass
    import yaml

    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506 - a SafeLoader with fewer types
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlInvalid(str(error).replace("\n", " ")[:200]) from None


@cache
def _loader() -> Any:
    """A safe loader of the core schema: "yes" is text, 0o17 a number, no key stands twice."""
    import yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {"<": [("tag:yaml.org,2002:merge", _merge_pattern())]}  # noqa: RUF012

    def scalar(loader: Any, node: Any) -> Any:
        return plain(node.value) if node.style is None else node.value

    def mapping(loader: Any, node: Any) -> Any:
        loader.flatten_mapping(node)
        value: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = to_text(loader.construct_object(key_node, deep=True))
            value[key] = loader.construct_object(value_node, deep=True)
        return value

    Loader.add_constructor("tag:yaml.org,2002:str", scalar)
    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    return Loader


def _merge_pattern() -> Any:
    import re

    return re.compile("^(?:<<)$")
