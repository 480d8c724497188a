"""People, channels, files and messages in the shapes the Web API answers with."""

from typing import Any
from urllib.parse import quote

from bot.sandbox.model import Channel, File, User, lean

JSON = dict[str, Any]
PRIVATE_FIELDS = ("metadata", "stream")


def message_shape(message: JSON, *, metadata: bool = False) -> JSON:
    """A copy; Slack shows metadata only to those who ask for it."""
    shape = {
        key: value
        for key, value in message.items()
        if key not in PRIVATE_FIELDS or (metadata and key == "metadata")
    }
    if "reactions" in shape:
        shape["reactions"] = [{**one, "users": list(one["users"])} for one in shape["reactions"]]
    return shape


def user_shape(user: User) -> JSON:
    profile = lean(
        {
            "real_name": user.real_name,
            "display_name": user.name,
            "title": user.title,
            "team": user.team_id,
            "email": user.email,
            "status_emoji": user.status_emoji,
            "status_text": "",
            "bot_id": user.bot_id,
        },
        keep=("title", "status_emoji", "status_text"),
    )
    shape: JSON = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "color": user.color,
        "tz": user.tz,
        "tz_offset": 0,
        "profile": profile,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": user.is_owner,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    if user.is_stranger:
        shape["is_stranger"] = True
    return shape


def channel_shape(channel: Channel, asking: str, *, members: bool = True) -> JSON:
    """As ``asking`` (the bot's user id) sees it."""
    shape: JSON = {
        "id": channel.id,
        "created": channel.created,
        "context_team_id": channel.team_id,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_mpim": False,
    }
    if channel.kind == "im":
        other = next((one for one in channel.members if one != asking), asking)
        return {**shape, "user": other, "is_org_shared": False, "is_open": True}
    shape |= {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_private": channel.kind == "private",
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_member": asking in channel.members,
        "creator": channel.creator,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": 0},
    }
    return shape | ({"num_members": len(channel.members)} if members else {})


def file_shape(file: File, base_url: str) -> JSON:
    url = f"{base_url}/files/{file.id}/{quote(file.name)}"
    extension = file.name.rpartition(".")[2].lower() if "." in file.name else "text"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": extension,
        "pretty_type": extension.upper(),
        "user": file.user,
        "user_team": file.team_id,
        "size": len(file.data),
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": url,
        "url_private_download": f"{url}?download=1",
        "permalink": url,
        "alt_txt": file.alt,
        "file_access": "visible",
        "channels": list(dict.fromkeys(channel for channel, _ in file.shares)),
    }


def team_shape(team_id: str, name: str, domain: str) -> JSON:
    return {
        "id": team_id,
        "name": name,
        "domain": domain,
        "email_domain": "",
        "icon": {"image_default": True},
    }
