"""What a person put into inputs, in the shape Slack reports it: ``state.values`` and ``actions``."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

JSON = dict[str, Any]
Found = tuple[JSON, JSON]  # block, element

INNER_BLOCKS = {"container": "child_blocks", "carousel": "elements"}
REQUIRED = "Please complete this required field."


def elements(blocks: list[JSON]) -> Iterator[Found]:
    """Every interactive element with its block."""
    for block in blocks:
        if inner := INNER_BLOCKS.get(block.get("type", "")):
            yield from elements([one for one in block.get(inner) or () if isinstance(one, dict)])
            continue
        for key in ("element", "accessory"):
            if isinstance(block.get(key), dict):
                yield block, block[key]
        for key in ("elements", "actions"):
            listed = block.get(key)
            for element in listed if isinstance(listed, list) else ():
                if isinstance(element, dict) and "action_id" in element:
                    yield block, element


def find(blocks: list[JSON], block_id: str, action_id: str) -> Found | None:
    """The element; without ``block_id``, the first of that ``action_id``."""
    for block, element in elements(blocks):
        if element.get("action_id") == action_id and block_id in ("", block.get("block_id")):
            return block, element
    return None


def options(element: JSON, offered: Mapping[str, JSON] | None = None) -> dict[str, JSON]:
    """The options of a select by value, with those an external select was given."""
    listed = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        listed += group.get("options") or ()
    return {option["value"]: option for option in listed if "value" in option} | dict(offered or {})


def _chosen(element: JSON, value: Any, offered: Mapping[str, JSON]) -> JSON:
    return {"selected_option": options(element, offered).get(value) if value else None}


def _all_chosen(element: JSON, value: Any, offered: Mapping[str, JSON]) -> JSON:
    known = options(element, offered)
    return {"selected_options": [known[one] for one in value or () if one in known]}


def _plain(name: str) -> Callable[[JSON, Any, Mapping[str, JSON]], JSON]:
    return lambda element, value, offered: {name: value if value not in ("", None) else None}


def _listed(name: str) -> Callable[[JSON, Any, Mapping[str, JSON]], JSON]:
    return lambda element, value, offered: {name: list(value or ())}


def _rich(element: JSON, value: Any, offered: Mapping[str, JSON]) -> JSON:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
    return {"rich_text_value": {"type": "rich_text", "elements": [section]} if value else None}


def _pressed(element: JSON, value: Any, offered: Mapping[str, JSON]) -> JSON:
    return {key: element[key] for key in ("value", "text", "style") if key in element}


def _voted(element: JSON, value: Any, offered: Mapping[str, JSON]) -> JSON:
    buttons = [element.get("positive_button") or {}, element.get("negative_button") or {}]
    pressed = next((one for one in buttons if one.get("value") == value), {})
    return {"value": value, "text": pressed.get("text")}


SHAPES: dict[str, Callable[[JSON, Any, Mapping[str, JSON]], JSON]] = {
    "plain_text_input": _plain("value"),
    "email_text_input": _plain("value"),
    "url_text_input": _plain("value"),
    "number_input": _plain("value"),
    "rich_text_input": _rich,
    "static_select": _chosen,
    "external_select": _chosen,
    "radio_buttons": _chosen,
    "overflow": _chosen,
    "multi_static_select": _all_chosen,
    "multi_external_select": _all_chosen,
    "checkboxes": _all_chosen,
    "users_select": _plain("selected_user"),
    "conversations_select": _plain("selected_conversation"),
    "channels_select": _plain("selected_channel"),
    "multi_users_select": _listed("selected_users"),
    "multi_conversations_select": _listed("selected_conversations"),
    "multi_channels_select": _listed("selected_channels"),
    "datepicker": _plain("selected_date"),
    "timepicker": _plain("selected_time"),
    "datetimepicker": _plain("selected_date_time"),
    "file_input": _listed("files"),
    "button": _pressed,
    "workflow_button": _pressed,
    "icon_button": _pressed,
    "feedback_buttons": _voted,
}
STATELESS = frozenset({"button", "workflow_button", "icon_button", "feedback_buttons", "overflow", "image"})

INITIAL = {
    "plain_text_input": "initial_value",
    "email_text_input": "initial_value",
    "url_text_input": "initial_value",
    "number_input": "initial_value",
    "users_select": "initial_user",
    "conversations_select": "initial_conversation",
    "channels_select": "initial_channel",
    "multi_users_select": "initial_users",
    "multi_conversations_select": "initial_conversations",
    "multi_channels_select": "initial_channels",
    "datepicker": "initial_date",
    "timepicker": "initial_time",
    "datetimepicker": "initial_date_time",
}


def initial(element: JSON) -> Any:
    """What stands in it before anybody touches it, as a person's value."""
    if name := INITIAL.get(element["type"]):
        return element.get(name)
    if option := element.get("initial_option"):
        return option.get("value")
    if chosen := element.get("initial_options"):
        return [option.get("value") for option in chosen]
    return None


def reported(element: JSON, value: Any, offered: Mapping[str, JSON] | None = None) -> JSON:
    """Slack's report of one element holding ``value``."""
    known = dict(offered or {})
    for option in (element.get("initial_option"), *(element.get("initial_options") or ())):
        if isinstance(option, dict):
            known[option.get("value", "")] = option
    shape = SHAPES.get(element["type"], _plain("value"))
    return {"type": element["type"], **shape(element, value, known)}


CARRIED = ("confirm", "icon", "min_query_length", "placeholder", "url")


def acted(element: JSON, value: Any, offered: Mapping[str, JSON] | None = None) -> JSON:
    """Slack's report of an action: the element's value with what the element itself says."""
    carried = {name: element[name] for name in element if name in CARRIED or name.startswith("initial_")}
    return {**carried, **reported(element, value, offered)}


def state_of(
    blocks: list[JSON], given: Mapping[str, Mapping[str, Any]], offered: Mapping[str, JSON] | None = None
) -> JSON:
    """``state.values``: {block_id: {action_id: report}} for every input; untouched, its initial value."""
    values: JSON = {}
    for block, element in elements(blocks):
        if element.get("type") in STATELESS or element.get("type") not in SHAPES:
            continue
        block_id, action_id = block.get("block_id", ""), element.get("action_id", "")
        chosen = given.get(block_id) or {}
        value = chosen[action_id] if action_id in chosen else initial(element)
        values.setdefault(block_id, {})[action_id] = reported(element, value, offered)
    return values


def missing(blocks: list[JSON], values: JSON) -> dict[str, str]:
    """Complaints by block id, as Slack's own client makes them before it asks the app."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block.get("type") != "input" or not isinstance(block.get("element"), dict):
            continue
        element, block_id = block["element"], block.get("block_id", "")
        report = values.get(block_id, {}).get(element.get("action_id"), {})
        content = next((value for key, value in report.items() if key != "type"), None)
        if not content and not block.get("optional"):
            errors[block_id] = REQUIRED
        elif content and (complaint := _length(element, content)):
            errors[block_id] = complaint
    return errors


def _length(element: JSON, content: Any) -> str:
    if not isinstance(content, str):
        return ""
    if len(content) < (element.get("min_length") or 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(content) > (element.get("max_length") or len(content)):
        return f"Please enter at most {element['max_length']} characters."
    return ""
