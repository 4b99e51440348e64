"""A review under way: its steps and dates, who signs what off, evidence, waivers and reminders."""
