"""Small programmes: dates and people of all areas in one model, searched until nothing better is left.

Prices bound dates well, but people only week by week: who is there in the analysis may be away in the fieldwork. Where
that leaves a gap between the plan and its bound, and the programme is small, one model of all areas decides dates and
people together (`whole_model.WholeModel`, of the parts that repair and replanning use). It begins with the plan so far
and its proven bound, and looks only at timetables that can be part of a better plan (`reach.Reach`). What it proves is
the word of a solver: certificates go on saying what prices prove.
"""
