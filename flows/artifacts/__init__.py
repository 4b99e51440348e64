"""What operators read in Prefect's pages: tables, links and progress."""
