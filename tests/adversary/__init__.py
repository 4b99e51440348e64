"""The adversary: an exact model of tiny problems, written from the documents alone, and what it says of each claim.

`weeks`, `timetables`, `limits`, `people` and `prices` hold the rules and costs of docs/rules.md by theme, `model` puts
them together and finds the best plan there is. They know the values of a problem and a plan, and nothing else of the
scheduler. `problems`, `plans` and `events` draw random ones; every claim has a test of its own in `test_*`.
"""
