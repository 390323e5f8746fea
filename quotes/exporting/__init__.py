"""What is published, written for other programs: row by row, in a memory that does not grow with the rows."""
