"""A few areas and the people around them, chosen again together while everything else stays.

`model.JointModel` is what repair (`repairing.repair`), replanning and the questions about moves solve.
"""
