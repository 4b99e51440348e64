"""Repair: a few uncovered places are mended by moving the areas around them, dates and people together.

`repair.repair` is the way in; `shared_part` is also used where people are scarce altogether (`scheduler.scarce`).
"""
