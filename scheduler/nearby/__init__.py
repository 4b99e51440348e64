"""A few areas and the people around them, chosen again together while everything else stays.

`repairing.repair` moves areas around uncovered places; replanning, reasons and `scheduler.scarce` use the same models.
"""
