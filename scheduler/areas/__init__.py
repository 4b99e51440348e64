"""What one area can do: its stages joined in trees and circles, and what each week and each pair of weeks costs."""
