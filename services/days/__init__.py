"""Days, weeks and terms of real calendars: working days, school holidays, dates of steps."""
