"""Messages of their own about cases of an area: appeals, queries, years, reports, statements, meetings; each once."""
