"""Follow-up of reviews: recommendations with owners and monitors, what is proposed and done about them, and checks."""
