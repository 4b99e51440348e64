"""A few areas and the people around them, chosen again together while all others stay.

`model.JointModel` is what repair (`repairing.repair`), replanning and the questions about moves solve.
"""
