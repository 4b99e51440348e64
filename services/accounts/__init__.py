"""Who may sign in to the console, as whom, and who is signed in."""
