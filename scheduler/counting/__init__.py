"""What counting alone proves before any search: demand against supply, week by week."""
