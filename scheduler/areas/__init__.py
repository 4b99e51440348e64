"""What one area can do: its stages joined in trees, and what each week and each pair of weeks costs."""
