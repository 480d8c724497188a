"""The parts of one sandbox, put together; what happens in the world goes to the app from here."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox import seed
from bot.sandbox.delivery.dispatcher import Dispatcher, Patience
from bot.sandbox.delivery.events import events_of
from bot.sandbox.delivery.parcel import Parcel
from bot.sandbox.delivery.payloads import callback
from bot.sandbox.delivery.responses import Responses
from bot.sandbox.delivery.signed import SignedHttp
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.delivery.triggers import Triggers
from bot.sandbox.faults import Faults
from bot.sandbox.ids import Ids
from bot.sandbox.limits import RateLimits
from bot.sandbox.log import Log
from bot.sandbox.manifest import App
from bot.sandbox.model import JSON, Channel, Happening, Team, User
from bot.sandbox.views import Views
from bot.sandbox.world import World


@dataclass(slots=True)
class Extras:
    """What the app keeps at Slack beside messages: everything by id, all of it forgotten by a reset."""

    scheduled: dict[str, JSON] = field(default_factory=dict)
    streams: dict[tuple[str, str], JSON] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    prompts: dict[tuple[str, str], JSON] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    typed: dict[tuple[str, str], JSON] = field(default_factory=dict)
    offered: dict[str, dict[str, JSON]] = field(default_factory=dict)


class Hub:
    """One sandbox without its HTTP."""

    def __init__(self, *, now: Callable[[], float], patience: Patience, rate_limits: bool = False) -> None:
        self.base_url = ""
        self.ids = Ids(now)
        self.log = Log()
        self.faults = Faults()
        self.limits = RateLimits(now, on=rate_limits)
        self.world = World(self.ids)
        self.app = App(seed.APP_ID)
        self.extras = Extras()
        self.triggers = Triggers(self.ids)
        self.responses = Responses(self)
        self.views = Views(self.world, self.app.id)
        self.sockets = Sockets(self.log, self._sockets_changed)
        self.http = SignedHttp(seed.SIGNING_SECRET)
        self.dispatcher = Dispatcher(self.sockets, self.http, self.faults, self.log, patience)
        self.world.listeners += [self._tell_app, self._end_status]
        self.furnish()

    def furnish(self) -> None:
        """The workspace as it is at the start; the installed manifest and the connections stay."""
        quiet, self.world.listeners = self.world.listeners, []
        self.world.clear()
        self.views.clear()
        self.extras = Extras()
        seed.furnish(self.world, self.app.name)
        for team in self.world.teams.values():
            team.scopes = self.app.scopes
        self.world.listeners = quiet

    def install(self, app: App) -> None:
        self.app = app
        for team in self.world.teams.values():
            bot = self.world.users[team.bot_user]
            bot.real_name, bot.name = app.name, seed.handle(app.name)
            team.scopes = app.scopes
            self.world.say("users", team.id)
        self.world.say("app", "")

    def _sockets_changed(self) -> None:
        self.world.say("app", "")

    def team_of_token(self, token: str) -> Team | None:
        return next((team for team in self.world.teams.values() if token and team.bot_token == token), None)

    # --- to the app ----------------------------------------------------------------------------------------
    def _tell_app(self, happening: Happening) -> None:
        team = self.world.teams.get(happening.team_id)
        if team is None or not team.bot_token:
            return
        for subscriptions, event in events_of(happening, team, self.ids.ts()):
            if self.app.hears(*subscriptions):
                self.tell(team, event)

    def _end_status(self, happening: Happening) -> None:
        """What the app says about itself in a thread ends with its next message there."""
        message, channel = happening.data.get("message") or {}, happening.channel
        if happening.kind != "message" or channel is None or not message.get("bot_id"):
            return
        thread_ts = message.get("thread_ts", "")
        if self.extras.statuses.pop((channel.id, thread_ts), ""):
            self.world.say("status", channel.team_id, channel, thread_ts=thread_ts, text="")

    def tell(self, team: Team, event: JSON, event_id: str = "") -> str:
        """Delivers an event in the background; its event_id."""
        event_id = event_id or self.ids.new("Ev")
        payload = callback(team, self.app.id, event, event_id)
        self.dispatcher.tell(Parcel("events_api", str(event.get("type")), payload, self.app.event_url))
        return event_id

    def uninstall(self, team: Team, event: JSON) -> None:
        """Takes the app out of a workspace: its token is no good any more, and the app hears why."""
        self.tell(team, event)
        team.bot_token = ""

    # --- what the app says ---------------------------------------------------------------------------------
    def author(self, team: Team) -> JSON:
        """The fields that make a message the bot's."""
        bot = self.world.users[team.bot_user]
        profile = {"id": team.bot_id, "name": bot.real_name, "app_id": self.app.id, "team_id": team.id}
        return {
            "user": team.bot_user,
            "bot_id": team.bot_id,
            "app_id": self.app.id,
            "team": team.id,
            "bot_profile": profile,
        }

    def notice(self, user: User, channel: Channel, text: str) -> None:
        """What Slackbot would tell one person."""
        self.world.say("notice", user.team_id, channel, user=user.id, text=text)

    def entities(self, team_id: str, text: str) -> str:
        """A person's text as Slack sends it: ``@name`` and ``#channel`` become ids, signs are escaped."""
        return _LOOSE.sub(lambda found: self._entity(team_id, found), text)

    def _entity(self, team_id: str, found: re.Match[str]) -> str:
        if found["sign"]:
            return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[found["sign"]]
        if name := found["person"]:
            person = next((one for one in self.world.people(team_id) if one.name == name.lower()), None)
            return f"<@{person.id}>" if person else found[0]
        if name := found["channel"]:
            channel = self.world.named(team_id, name.lower())
            return f"<#{channel.id}|{channel.name}>" if channel else found[0]
        return found[0]


_LOOSE = re.compile(
    r"<(?:[@#][A-Z0-9]+(?:\|[^<>|]*)?|https?://[^<>]+|mailto:[^<>]+)>|&(?:amp|lt|gt);|(?P<sign>[&<>])"
    r"|(?<![\w@.])@(?P<person>[\w.-]*\w)|(?<![\w#&])#(?P<channel>[\w-]*\w)"
)
