"""The two kinds that the sequencing options speak of (R030-R037)."""

REVIEW = "jar"
ASSESSMENT = "ca"
