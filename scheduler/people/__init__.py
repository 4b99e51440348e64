"""People: who is there, who may fill which seat, and teams for fixed dates.

`teams.assign_teams` is the way in to teams. `capacity`, `eligibility` and `team_weeks` answer questions about people
that the search for dates asks as well.
"""
