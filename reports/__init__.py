"""Drawing and export: pure functions from values to HTML, SVG, XLSX, iCalendar and CSV; no decisions, no files."""
