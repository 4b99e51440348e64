"""Reasons: why a plan is as it is, what else there is, what limits it, and why there is none.

`explain` and `moves` look at one area of a plan, `bottlenecks` at the prices of a certificate, `why_infeasible` at a
problem without a plan. All answers are values; words with dates are made elsewhere.
"""
