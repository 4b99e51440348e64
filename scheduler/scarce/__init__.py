"""Places that stay uncovered: the fewest that any plan of dates and people must leave, and dates with as few.

The weekly pools of `scheduler.dates.lines` count people week by week. Who is there in the analysis may be away in the
fieldwork, and who rests in one week cannot be lent to another; so the cheapest dates can leave places uncovered
although every pool suffices. Here every inspector is looked at alone.

**Prices** (non-negative integers, divided by `scale`; the rows of the certificate):

======================================== =================================================================
`person:<inspector>:week:<w>`            `mu[p, w]`: p works in, or rests after, at most one review in week w;
                                         0 <= w < num_weeks + the longest rest of all inspectors
`person:<inspector>:<kind>:<period>`     `nu[p, q]`: at most `max_reviews[kind]` reviews of p whose first team
                                         week lies in the period q of that kind
`anonymous:..`, `partner:..`, `period:..` as in `scheduler.dates.lines`; no row of `pool`, `hall`, `everybody`, `rest`
                                         or `yearly` is used
======================================== =================================================================

Names are escaped by `urllib.parse.quote`, as in `scheduler.dates.lines`.

**What a person asks** for a stage with a team of activity `a` that starts in week `w` and lasts `d` weeks is

    ask[p](stage, w) = sum of mu[p, v] over w <= v < w + d
                     + sum of mu[p, v] over w + d <= v < w + d + rest_weeks[p], if it is the last stage with a team
                     + sum of nu[p, q] over the periods q with w in q, if it is the first stage with a team

and without bound if p is not there in all of its weeks (`scheduler.people.eligibility.attendance`). For a set of
stages B of one activity, `ask[p](B)` is the sum over them. **What a team asks** is

    team(a, B, cap) = sum over skills s with n seats (the leader's included) of the n smallest of
                      {min(cap, ask[p](B)) : p has s and is independent of the area} filled up with cap

A place left uncovered costs `scale`: whoever is there, a place costs at least `min(scale, ask of its person)`.

**The stages of an activity that are looked at together.** The stages with a team that can start in one week only
are fixed. If the movable ones are none, one, or two consecutive ones joined in the area's tree, B is all stages
and cap = scale. Otherwise every movable stage is a set of its own (the fixed ones belong to the set of the first)
with cap = scale // number of sets, since min(scale, x + y) >= min(scale // 2, x) + min(scale // 2, y).

**The bound.** Timetables cost nothing, and the excess of priced rows is free up to `max_excess`:

    scale * uncovered places of any plan >= sum over components of min over timetables t of
                                                (d A(t) + sum over its sets B of team(a, B, cap))
                                            - d (rhs + max_excess)       <- rows of what areas share
                                            - sum of mu[p, w] - sum of nu[p, q] * max_reviews[p, kind of q]

Dynamic programming over the tree is exact, since a set depends on one or two stages. Weeks are only left out by
windows, pins, closures and links (`whole_teams` is false). Divided by `scale` and rounded up it is a certificate
of kind 'uncovered'. With the costs of dates in place of nothing, priced rows at their price, and `price * scale`
for an uncovered place in place of `scale`, the same sum bounds `cost of dates + price * uncovered places`. Where no
place may stay uncovered, cap has no limit: a certificate of kind 'dates' with `whole_teams` and rows of persons
says what dates of such plans cost at least. Its prices may prove more than it claims, since cap was `price * scale`.
"""
