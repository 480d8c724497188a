"""The audit of a support log, fed in batches while it is read."""

from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from bot.domain.audit import enough, rhythm
from bot.domain.audit.columns import Columns
from bot.domain.audit.dates import Calendar
from bot.domain.audit.grading import letter
from bot.domain.audit.language import language_mix, language_of
from bot.domain.audit.minhash import BANDS
from bot.domain.audit.model import AuditReport, Findings, NearReport, Pair, Share, SourceRecord
from bot.domain.audit.near import near_duplicates
from bot.domain.audit.prints import TicketPrint, fingerprint
from bot.domain.audit.reasons import all_reasons
from bot.domain.audit.sample import Sample
from bot.domain.audit.typos import typo_rate
from bot.domain.tickets import RowProblem, Ticket

EMPTY_CODES = frozenset({"empty_text", "empty_message", "empty_row", "no_text", "no_message", "empty"})
"""Codes of row problems that mean a row without text."""
SAMPLED = 2_000
"""Tickets that languages and typos are read from."""
EXAMPLES = 5


class Auditor:
    """Gathers what an audit needs, some 400 bytes a short ticket, and reports at the end.

    ``now`` is the moment ages are counted from. A process pool can take the ``fingerprint`` of texts where
    it redacts them and hand it to ``add_prints``. The order of tickets decides which of two duplicates is
    the earlier one, and nothing else.
    """

    def __init__(self, *, now: datetime, near_duplicates: bool = True) -> None:
        self._near = near_duplicates
        self._calendar = Calendar(now.date())
        self._columns = Columns()
        self._sample = Sample(SAMPLED)
        self._problems: Counter[str] = Counter()
        self._pii: Counter[str] = Counter()
        self._accepted = self._skipped = self._bad = self._duplicates = 0
        self._empty = self._unreadable = self._abusive = 0
        # of tickets with readable words only, all in step:
        self._ids: list[str] = []
        self._words: list[str] = []
        self._exact = array("Q")
        self._keys = bytearray()

    def add(self, tickets: Sequence[Ticket]) -> None:
        """Audit redacted tickets in this process."""
        self.add_prints(tickets, fingerprint([ticket.text for ticket in tickets], near_duplicates=self._near))

    def add_prints(self, tickets: Sequence[Ticket], prints: Sequence[TicketPrint]) -> None:
        """Audit redacted tickets whose fingerprints, in the same order, were taken elsewhere."""
        for ticket, print_ in zip(tickets, prints, strict=True):
            self._accepted += 1
            self._calendar.add(ticket.created_at)
            self._columns.add(ticket.requester, ticket.fields)
            self._pii.update(kind for kind, count in ticket.pii.items() if count)
            self._sample.add(ticket, print_)
            self._add_print(ticket.ticket_id, print_)

    def skip(self, problem: RowProblem) -> None:
        """Count a row that was kept aside, or kept with a reservation."""
        self._problems[problem.code] += 1
        if not problem.kept:
            empty = problem.code in EMPTY_CODES
            self._skipped += 1
            self._empty += empty
            self._bad += not empty

    def duplicate(self, n: int = 1) -> None:
        """Count rows that the import dropped because they were there already; they are not added as well."""
        self._duplicates += n

    def report(
        self, *, kind: str = "", source: SourceRecord | None = None, wanted: int | None = None
    ) -> AuditReport:
        """The audit of everything added so far. ``wanted``: how many distinct tickets were asked for."""
        findings = self._findings(kind)
        sufficiency = enough.judge(findings.accepted, findings.distinct, wanted)
        record = source or SourceRecord()
        reasons = all_reasons(findings, sufficiency, record)
        grade = letter(reasons)
        return AuditReport(
            **dict(findings),
            grade=grade,
            failed=grade == "F",
            reasons=reasons,
            enough=sufficiency,
            source=record,
        )

    def _add_print(self, ticket_id: str, print_: TicketPrint) -> None:
        self._abusive += print_.abusive
        if not print_.has_words:
            self._empty += 1
        elif not print_.readable:
            self._unreadable += 1
        else:
            self._ids.append(ticket_id)
            self._words.append(print_.words)
            self._exact.append(print_.exact)
            self._keys += print_.keys

    def _findings(self, kind: str) -> Findings:
        rows = self._accepted + self._skipped + self._duplicates
        originals = self._originals()
        near = self._near_report(originals) if self._near else None
        texts = self._sample.texts()
        languages = [language_of(text) for text in texts]
        english = (text for text, language in zip(texts, languages, strict=True) if language == "en")
        return Findings(
            kind=kind,
            rows=rows,
            accepted=self._accepted,
            skipped=self._skipped,
            bad_rows=self._bad,
            problems=dict(self._problems.most_common()),
            distinct=len(originals),
            empties=Share.of(self._empty, rows),
            unreadable=Share.of(self._unreadable, self._accepted),
            exact_duplicates=Share.of(len(self._exact) - len(originals) + self._duplicates, rows),
            near_duplicates=near,
            languages={
                language: Share.of(count, len(texts), sampled=self._sample.partial)
                for language, count in language_mix(languages).items()
            },
            typo_rate=typo_rate(english, sampled=self._sample.partial),
            personal_data=dict(self._pii.most_common()),
            fill_rates=self._columns.fill_rates(self._calendar.dated),
            first_date=self._calendar.first,
            last_date=self._calendar.last,
            odd_dates=self._calendar.odd,
            gaps=rhythm.silences(self._calendar.days),
            age_days=self._calendar.age_days,
            concentration=self._columns.concentration(),
            segments=self._columns.segments(),
            abusive=Share.of(self._abusive, self._accepted),
        )

    def _originals(self) -> npt.NDArray[np.intp]:
        """Where each text stands first, ascending."""
        _, first = np.unique(np.asarray(self._exact), return_index=True)
        return np.sort(first)

    def _near_report(self, originals: npt.NDArray[np.intp]) -> NearReport:
        keys = np.frombuffer(self._keys, np.uint32).reshape(-1, BANDS)
        near = near_duplicates(keys, self._words, originals)
        pairs = [Pair(earlier=self._ids[one], later=self._ids[other]) for one, other in near.pairs(EXAMPLES)]
        return NearReport(
            share=Share.of(near.count, self._accepted), examples=tuple(pairs), capped=near.capped
        )
