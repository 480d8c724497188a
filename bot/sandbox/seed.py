"""The workspace that stands there at the start: Sillgrove, an invented maker of indoor gardens."""

from collections.abc import Mapping
from dataclasses import replace

from bot.sandbox.model import JSON, Channel, Kind, Team, User
from bot.sandbox.world import World

TEAM = "T0SILLGROVE"
APP_ID = "A0SANDBOX"
BOT_USER, BOT_ID = "U0APP", "B0APP"
BOT_TOKEN, APP_TOKEN = "xoxb-sandbox", "xapp-sandbox"
SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105  published
ADA, BEN, CHLOE, DEV, EMI, FRANK, GRETA = "U0ADA", "U0BEN", "U0CHLOE", "U0DEV", "U0EMI", "U0FRANK", "U0GRETA"
GENERAL, SUPPORT, MOSS, LEADS = "C0GENERAL", "C0SUPPORT", "C0MOSS", "C0LEADS"

PEOPLE = (
    User(ADA, TEAM, "ada", "Ada Okafor", "Product manager", color="7c3f58", is_admin=True, is_owner=True),
    User(BEN, TEAM, "ben", "Ben Lindqvist", "Engineer", color="2f6f6b", is_admin=True),
    User(CHLOE, TEAM, "chloe", "Chloe Marchetti", "Support lead", color="b5651d"),
    User(DEV, TEAM, "dev", "Dev Rao", "Data", color="3d5a98"),
    User(EMI, TEAM, "emi", "Emi Tanaka", "Designer", color="8a5fa8", status_emoji=":seedling:"),
    User(FRANK, TEAM, "frank", "Frank Weiss", "Agency, support", color="5c6b3a", is_restricted=True),
    User(GRETA, TEAM, "greta", "Greta Holm", "Fernpath, a supplier", color="46627f", is_stranger=True),
)
CHANNELS: tuple[tuple[str, str, Kind, str, str, tuple[str, ...]], ...] = (
    (GENERAL, "general", "channel", ADA, "What concerns everybody", (ADA, BEN, CHLOE, DEV, EMI, BOT_USER)),
    (SUPPORT, "support", "channel", CHLOE, "What growers write", (ADA, BEN, CHLOE, DEV, FRANK, BOT_USER)),
    (MOSS, "product-moss", "channel", ADA, "Moss, the assistant in the app",
     (ADA, BEN, CHLOE, DEV, EMI, GRETA, BOT_USER)),
    (LEADS, "leads", "private", ADA, "Plans and people", (ADA, CHLOE)),
)  # fmt: skip

MINUTE, HOUR, DAY = 60, 3_600, 86_400
FOUNDED, UNREAD_SINCE = 90 * DAY, 6 * HOUR
SAID = (  # channel, who, seconds before the start, what
    (GENERAL, ADA, 3 * DAY, "Morning all. The spring catalogue is out, thank you Emi for the drawings."),
    (GENERAL, EMI, 3 * DAY - 9 * MINUTE, "The basil on page 4 took nine tries. Nine."),
    (GENERAL, DEV, 26 * HOUR, "Dashboards are slow until noon, I am moving the nightly import."),
    (GENERAL, BEN, 4 * HOUR, "Water sensor firmware 2.8 is with a tenth of the gardens. No alarms so far."),
    (SUPPORT, CHLOE, 2 * DAY, "Third week in a row in which *pump is silent* leads the list. Macro updated."),
    (SUPPORT, FRANK, 2 * DAY - 40 * MINUTE, "A school asks whether the 12-pot frame fits a sill of 20 cm."),
    (SUPPORT, CHLOE, 2 * DAY - 44 * MINUTE, "It does not: 24 cm. Answered; please add it to the size page."),
    (SUPPORT, FRANK, 5 * HOUR, "Two growers got the same refill twice this month and want to send one back."),
    (MOSS, ADA, 28 * HOUR, "Moss told somebody to water succulents daily. Do we know of more such answers?"),
    (
        MOSS,
        BEN,
        27 * HOUR,
        "It reads the wrong plant when two share a tray. There is a ticket, no number yet.",
    ),
    (MOSS, DEV, 25 * HOUR, "About one in eight answers on watering gets corrected by support. Small sample."),
    (MOSS, EMI, 2 * HOUR, "Sketch of the *why this answer* link is ready, feedback welcome."),
    (LEADS, ADA, 30 * HOUR, "Budget for the assistant is unchanged next quarter."),
)


def furnish(world: World, app_name: str = "Sandbox app") -> None:
    """Builds the workspace into an empty world."""
    world.add_team(Team(TEAM, "Sillgrove", "sillgrove", BOT_USER, BOT_ID, BOT_TOKEN))
    world.add_user(bot_user(BOT_USER, BOT_ID, TEAM, app_name))
    for user in PEOPLE:
        world.add_user(replace(user, email=f"{user.name}@sillgrove.example"))
    now = world.ids.now()
    for channel_id, name, kind, creator, topic, members in CHANNELS:
        founded, everyone = int(now - FOUNDED), dict.fromkeys(members)
        channel = Channel(channel_id, TEAM, name, kind, creator, founded, topic, members=everyone)
        world.add_channel(channel)
    for user in PEOPLE:
        world.open_im(TEAM, user.id, BOT_USER)
    for channel_id, user_id, ago, text in SAID:
        channel = world.channels[channel_id]
        message = world.post(channel, {"user": user_id, "team": TEAM, "text": text}, at=now - ago)
        if ago > UNREAD_SINCE:
            channel.read = dict.fromkeys(channel.members, str(message["ts"]))


def bot_user(user_id: str, bot_id: str, team_id: str, name: str) -> User:
    return User(user_id, team_id, handle(name), name, color="3c7a4b", is_bot=True, bot_id=bot_id)


def handle(name: str) -> str:
    """``Sandbox app`` -> ``sandbox_app``"""
    return "_".join(name.lower().split())[:21]


def found_team(world: World, wish: Mapping[str, JSON | str | list[JSON]], app_name: str) -> Team:
    """A workspace from ``{team_id, name?, bot_token, users: [{id, name}], channels: [{id, name}]}``."""
    team_id = str(wish["team_id"])
    suffix = team_id.removeprefix("T")
    name = str(wish.get("name") or team_id)
    team = Team(
        team_id, name, handle(name), f"U{suffix}APP", f"B{suffix}APP", str(wish.get("bot_token") or "")
    )
    world.add_team(team)
    world.add_user(bot_user(team.bot_user, team.bot_id, team_id, app_name))
    for user in _dicts(wish.get("users")):
        known = {key: value for key, value in user.items() if key in User.__slots__ and key != "team_id"}
        known.setdefault("name", known["id"].lower())
        known.setdefault("real_name", known["name"].title())
        world.open_im(team_id, world.add_user(User(team_id=team_id, **known)).id, team.bot_user)
    for channel in _dicts(wish.get("channels")):
        members = channel.get("members") or [user.id for user in world.people(team_id)]
        world.add_channel(
            Channel(channel["id"], team_id, channel["name"], channel.get("kind", "channel"),
                    created=int(world.ids.now()), members=dict.fromkeys(members))
        )  # fmt: skip
    return team


def _dicts(value: object) -> list[JSON]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
