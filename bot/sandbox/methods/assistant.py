"""assistant.threads.* and agents.sessions.*: what the app says about itself while it works."""

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON, Channel

MOST_PROMPTS = 4
SESSION_STATES = ("active", "processing", "suspended", "closed")


def _thread(call: Call) -> tuple[Channel, str]:
    channel, thread_ts = call.own_channel("channel_id"), call.required("thread_ts")
    call.world.message(channel, thread_ts, "thread_not_found")
    return channel, thread_ts


def _say_status(call: Call, channel: Channel, thread_ts: str, text: str) -> None:
    call.hub.extras.statuses[channel.id, thread_ts] = text
    call.world.say("status", call.team.id, channel, thread_ts=thread_ts, text=text)


async def set_status(call: Call) -> JSON:
    """An empty status takes it away; so does the app's next message in that thread."""
    channel, thread_ts = _thread(call)
    _say_status(call, channel, thread_ts, call.text("status"))
    return {}


async def set_session_status(call: Call) -> JSON:
    """A state of the session, not a text: people see that the app is at work while it is processing."""
    channel, thread_ts = _thread(call)
    status = call.required("status")
    if status not in SESSION_STATES:
        raise SlackError("invalid_arguments", "[ERROR] must be a valid enum value [json-pointer:/status]")
    _say_status(call, channel, thread_ts, "is working" if status == "processing" else "")
    return {"status": status}


async def set_title(call: Call) -> JSON:
    channel, thread_ts = _thread(call)
    title = call.required("title")
    call.world.say("title", call.team.id, channel, thread_ts=thread_ts, text=title)
    return {}


async def set_prompts(call: Call) -> JSON:
    channel, thread_ts = call.own_channel("channel_id"), call.text("thread_ts")
    if thread_ts:
        call.world.message(channel, thread_ts, "thread_not_found")
    prompts = call.data("prompts")
    if not isinstance(prompts, list) or not prompts or len(prompts) > MOST_PROMPTS:
        raise SlackError("invalid_arguments", f"[ERROR] 1 to {MOST_PROMPTS} prompts [json-pointer:/prompts]")
    if not all(isinstance(one, dict) and one.get("title") and one.get("message") for one in prompts):
        raise SlackError(
            "invalid_arguments", "[ERROR] a prompt has a title and a message [json-pointer:/prompts]"
        )
    kept = {"title": call.text("title"), "prompts": prompts}
    call.hub.extras.prompts[channel.id, thread_ts] = kept
    call.world.say("prompts", call.team.id, channel, thread_ts=thread_ts, **kept)
    return {}


METHODS = {
    "assistant.threads.setStatus": Method(set_status, ("assistant:write", "chat:write")),
    "assistant.threads.setTitle": Method(set_title, ("assistant:write", "chat:write")),
    "assistant.threads.setSuggestedPrompts": Method(set_prompts, ("assistant:write", "chat:write")),
    "agents.sessions.setStatus": Method(set_session_status, ("assistant:write", "chat:write")),
    "agents.sessions.rename": Method(set_title, ("assistant:write", "chat:write")),
}
