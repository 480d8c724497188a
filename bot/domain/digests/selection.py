"""Which digest: a week, a profile, some features or all; as a button or a job carries it."""

from dataclasses import dataclass
from datetime import date

from bot.domain.digests.schedule import Profile
from bot.domain.weeks import Week, zone_named
from bot.errors import InputError


@dataclass(frozen=True, slots=True)
class Selection:
    """No ``features``: every one."""

    week: Week
    profile: Profile = Profile.BUILD
    features: tuple[str, ...] = ()

    def __str__(self) -> str:
        """ "2026-11-09;Europe/Berlin;build;reply,triage"."""
        names = ",".join(self.features)
        return f"{self.week.monday.isoformat()};{self.week.zone};{self.profile};{names}"

    @classmethod
    def parse(cls, text: str) -> "Selection":
        """As ``str`` made it. Raises InputError."""
        try:
            monday, zone, profile, names = text.split(";")
            week = Week(date.fromisoformat(monday), zone_named(zone).key)
            return cls(week, Profile(profile), tuple(filter(None, names.split(","))))
        except ValueError:
            raise InputError("That digest is not known.", hint="Ask for it again: digest preview") from None
