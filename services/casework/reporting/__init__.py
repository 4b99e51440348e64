"""What a review finds out and reports: findings, hypotheses, the texts of its report, comments and versions."""
