"""The audit of a support log: what is in it, how far to trust it, what to change where it is made."""

from bot.domain.audit.auditor import Auditor
from bot.domain.audit.model import AuditReport, Enough, Reason, Severity, Share, SourceRecord
from bot.domain.audit.prints import TicketPrint, fingerprint
from bot.domain.audit.text import render_audit

__all__ = [
    "AuditReport",
    "Auditor",
    "Enough",
    "Reason",
    "Severity",
    "Share",
    "SourceRecord",
    "TicketPrint",
    "fingerprint",
    "render_audit",
]
