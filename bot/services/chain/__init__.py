"""The chain of evidence: from a ticket to a release and back, read from what rows already say.

hop      what one hop is, in both directions       hops      all of them
finding  from what was typed to where to begin     walking   stage by stage, both ways
service  the whole: found, walked, told            the others are hops, by what they lead from
"""

from bot.services.chain.hops import HOPS
from bot.services.chain.service import ChainService

__all__ = ["HOPS", "ChainService"]
