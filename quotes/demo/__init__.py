"""The demo's record: its data files, and what writes them down through the application's own acts."""
