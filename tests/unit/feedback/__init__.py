"""Feedback as pure values: votes, rates, reasons, queues, agreement."""
