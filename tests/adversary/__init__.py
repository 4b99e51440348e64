"""The adversary: an exact model of tiny problems, written from the documents alone, and what it says of each claim.

- The rules and costs of docs/rules.md and docs/data-format.md by theme: `weeks`, `timetables`, `limits`, `seats`,
  `people`, `prices`; `model` finds the best plan there is. They know only the values of a problem and a plan.
- What is drawn by chance: `problems` (with `drawn_links`, `drawn_people`), `plans`, `events`.
- What is claimed: `solve_claims`, `replan_claims` (with `event_claims`), `moves_claims`, `explain_claims`,
  `why_claims`; each claim is a function, and a test of its own in `test_claims`.
- `python -m tests.adversary solve 17 --smaller --into FOLDER` tells what is wrong, and makes the problem smaller.
"""
