"""What makes no sense in a problem: one function for each kind of mistake, each finding with an advice.

`scheduler.validate` asks them all and reports everything together.
"""
