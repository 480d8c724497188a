"""Who and where in the sandbox's workspace the demo speaks of."""

ADA, BEN, CHLOE = "U0ADA", "U0BEN", "U0CHLOE"
SUPPORT, MOSS = "C0SUPPORT", "C0MOSS"
TEAM = "T0SILLGROVE"
