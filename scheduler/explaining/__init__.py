"""Reasons: why a plan is as it is, what else there is, what limits it, and why there is none.

`bottlenecks` looks at the prices of a certificate, `why_infeasible` at a problem without a plan; what is asked about an
area of a plan stands on what is here (`scheduler.candidates`). All answers are values; words with dates are made
elsewhere.
"""
