"""Who is there and when, who may fill which seat or why not, and what past work still takes from people.

The searches for dates and for teams both ask here: `capacity` counts, `eligibility` and `roster` look at single people.
"""
