"""Candidates from a prepared plan: for an activity every week, for a place every person, for a person every free week.

Everybody else stays where they are; for a week that does not fit so, one other area is moved. What is said to cost
something costs exactly that: each candidate names the dates and the people of the changed plan.
"""
