"""The state of the sandbox and what may happen to it; no HTTP, no client, no page."""

from collections.abc import Callable, Iterable

from bot.sandbox.errors import SlackError
from bot.sandbox.ids import Ids
from bot.sandbox.model import JSON, Channel, File, Happening, Kind, Team, User

Listener = Callable[[Happening], None]


class World:
    """Everything that stands in the sandbox, found by id. Each change is told to ``listeners``, in order."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.listeners: list[Listener] = []
        self._names: dict[tuple[str, str], str] = {}
        self._ims: dict[frozenset[str], str] = {}
        self._joined: dict[str, dict[str, None]] = {}

    def clear(self) -> None:
        for part in (self.teams, self.users, self.channels, self.files, self._names, self._ims, self._joined):
            part.clear()

    def say(self, kind: str, team_id: str, channel: Channel | None = None, **data: object) -> None:
        happening = Happening(kind, team_id, channel, dict(data))
        for listener in self.listeners:
            listener(happening)

    # --- who and where -------------------------------------------------------------------------------------
    def user(self, user_id: str, error: str = "user_not_found") -> User:
        if user := self.users.get(user_id):
            return user
        raise SlackError(error)

    def channel(self, channel_id: str, team_id: str = "") -> Channel:
        channel = self.channels.get(channel_id)
        if channel is None or (team_id and channel.team_id != team_id):
            raise SlackError("channel_not_found")
        return channel

    def named(self, team_id: str, name: str) -> Channel | None:
        return self.channels.get(self._names.get((team_id, name.removeprefix("#")), ""))

    def joined(self, user_id: str) -> list[Channel]:
        return [self.channels[one] for one in self._joined.get(user_id, ())]

    def people(self, team_id: str) -> list[User]:
        return [user for user in self.users.values() if user.team_id == team_id]

    def channels_of(self, team_id: str) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.team_id == team_id]

    def im_between(self, one: str, other: str) -> Channel | None:
        return self.channels.get(self._ims.get(frozenset({one, other}), ""))

    # --- founding ------------------------------------------------------------------------------------------
    def add_team(self, team: Team) -> Team:
        self.teams[team.id] = team
        return team

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        self.say("users", user.team_id)
        return user

    def add_channel(self, channel: Channel) -> Channel:
        """Takes a channel in as it is, with its members and messages (ids and indexes are made to fit)."""
        self.channels[channel.id] = channel
        for member in channel.members:
            self._joined.setdefault(member, {})[channel.id] = None
        if channel.kind == "im":
            self._ims[frozenset(channel.members)] = channel.id
        else:
            self._names[channel.team_id, channel.name] = channel.id
        self.say("channels", channel.team_id, channel)
        return channel

    def create(
        self, team_id: str, name: str, kind: Kind, creator: str, members: Iterable[str] = ()
    ) -> Channel:
        if (team_id, name) in self._names:
            raise SlackError("name_taken")
        everyone = dict.fromkeys([creator, *members])
        made = Channel(self.ids.new("C"), team_id, name, kind, creator, int(self.ids.now()), members=everyone)
        return self.add_channel(made)

    def open_im(self, team_id: str, one: str, other: str) -> Channel:
        if found := self.im_between(one, other):
            return found
        members = dict.fromkeys([one, other])
        made = Channel(self.ids.new("D"), team_id, "", "im", one, int(self.ids.now()), members=members)
        return self.add_channel(made)

    # --- membership ----------------------------------------------------------------------------------------
    def join(self, channel: Channel, user: User, inviter: str = "") -> bool:
        """False where they were in already."""
        if user.id in channel.members:
            return False
        channel.members[user.id] = None
        self._joined.setdefault(user.id, {})[channel.id] = None
        self.say("joined", channel.team_id, channel, user=user.id, inviter=inviter)
        return True

    def leave(self, channel: Channel, user_id: str) -> bool:
        if user_id not in channel.members:
            return False
        del channel.members[user_id]
        self._joined[user_id].pop(channel.id, None)
        self.say("left", channel.team_id, channel, user=user_id)
        return True

    # --- messages ------------------------------------------------------------------------------------------
    def message(self, channel: Channel, ts: str, error: str = "message_not_found") -> JSON:
        if message := channel.messages.get(ts):
            return message
        raise SlackError(error)

    def post(self, channel: Channel, message: JSON, at: float | None = None) -> JSON:
        """``message`` says who and what; it gets its ts and, in a thread, its place there."""
        message = {"type": "message", **message, "ts": self.ids.ts(at)}
        root_ts = message.get("thread_ts")
        if root_ts:
            root = self._thread_root(channel, root_ts)
            message["thread_ts"] = root["ts"]
            message["parent_user_id"] = root["user"]
        channel.add(message)
        if root_ts:
            self._count_replies(channel, message["thread_ts"])
        self.say("message", channel.team_id, channel, message=message)
        if root_ts:
            self._tell_root(channel, message["thread_ts"])
        return message

    def _thread_root(self, channel: Channel, ts: str) -> JSON:
        root = self.message(channel, ts, "thread_not_found")
        parent = root.get("thread_ts")
        return channel.messages[parent] if parent and parent in channel.messages else root

    def _count_replies(self, channel: Channel, root_ts: str, *, fewer: bool = False) -> None:
        """The root says how many replies it has; ``fewer`` looks at all of them again for who wrote."""
        if (root := channel.messages.get(root_ts)) is None:
            return
        replies = channel.threads.get(root_ts, [])
        if replies:
            known = () if fewer else root.get("reply_users", ())
            newest = replies if fewer else replies[-1:]
            authors = dict.fromkeys([*known, *(channel.messages[ts]["user"] for ts in newest)])
            root.update(thread_ts=root_ts, reply_count=len(replies), latest_reply=replies[-1])
            root.update(reply_users=list(authors), reply_users_count=len(authors))
        else:
            for name in ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply"):
                root.pop(name, None)

    def _tell_root(self, channel: Channel, root_ts: str) -> None:
        if root := channel.messages.get(root_ts):
            self.say("message_replied", channel.team_id, channel, message=root)

    def change(self, channel: Channel, ts: str, changes: JSON, edited_by: str = "") -> JSON:
        """Replaces fields; one that is None goes away. ``edited_by`` marks the message as edited."""
        message = self.message(channel, ts)
        before = dict(message)
        for name, value in changes.items():
            if value is None:
                message.pop(name, None)
            else:
                message[name] = value
        if edited_by:
            message["edited"] = {"user": edited_by, "ts": self.ids.ts()}
        self.say("message_changed", channel.team_id, channel, message=message, before=before)
        return message

    def delete(self, channel: Channel, ts: str) -> JSON:
        self.message(channel, ts)
        message = channel.remove(ts)
        channel.pins.pop(ts, None)
        self.say("message_deleted", channel.team_id, channel, message=message)
        root_ts = message.get("thread_ts", "")
        if root_ts and root_ts != ts:
            self._count_replies(channel, root_ts, fewer=True)
            self._tell_root(channel, root_ts)
        return message

    def whisper(self, channel: Channel, user_id: str, message: JSON) -> JSON:
        """An ephemeral message: only ``user_id`` sees it."""
        message = {"type": "message", **message, "ts": self.ids.ts(), "ephemeral": True}
        channel.whisper(user_id, message)
        self.say("whisper", channel.team_id, channel, message=message, user=user_id)
        return message

    def unwhisper(self, channel: Channel, user_id: str, ts: str) -> bool:
        if gone := channel.unhush(user_id, ts):
            self.say("whisper_gone", channel.team_id, channel, ts=ts, user=user_id)
        return gone

    def rewhisper(self, channel: Channel, user_id: str, ts: str, changes: JSON) -> bool:
        message = channel.whispered(user_id, ts)
        if message is None:
            return False
        message.update(changes)
        self.say("whisper_changed", channel.team_id, channel, message=message, user=user_id)
        return True

    # --- reactions -----------------------------------------------------------------------------------------
    def react(self, channel: Channel, ts: str, user_id: str, name: str) -> None:
        message = self.message(channel, ts)
        reactions: list[JSON] = message.setdefault("reactions", [])
        found = next((one for one in reactions if one["name"] == name), None)
        if found is None:
            reactions.append({"name": name, "users": [user_id], "count": 1})
        elif user_id in found["users"]:
            raise SlackError("already_reacted")
        else:
            found["users"].append(user_id)
            found["count"] += 1
        self.say("reaction_added", channel.team_id, channel, message=message, user=user_id, name=name)

    def unreact(self, channel: Channel, ts: str, user_id: str, name: str) -> None:
        message = self.message(channel, ts)
        reactions: list[JSON] = message.get("reactions", [])
        found = next((one for one in reactions if one["name"] == name and user_id in one["users"]), None)
        if found is None:
            raise SlackError("no_reaction")
        found["users"].remove(user_id)
        found["count"] -= 1
        if not found["count"]:
            reactions.remove(found)
        if not reactions:
            message.pop("reactions", None)
        self.say("reaction_removed", channel.team_id, channel, message=message, user=user_id, name=name)
