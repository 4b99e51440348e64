"""Replanning: after an event, the plan with the fewest moves, other choices beside it, and what is proven of them.

`replanner` is the way in. What must move is placed (`first_answer`), `bound` proves how many more have to, and
`search` goes on until both meet.
"""
