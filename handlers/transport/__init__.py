"""How the bot and Slack reach each other: a client for calls, Socket Mode or HTTP for what comes in."""

from bot.intake import HttpServer
from handlers.transport.client import web_client
from handlers.transport.http import install_routes, slack_routes
from handlers.transport.socket import SocketTransport

__all__ = ["HttpServer", "SocketTransport", "install_routes", "slack_routes", "web_client"]
