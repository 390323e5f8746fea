"""Quotes brought in from a spreadsheet: read, tried on the record row by row, then all brought in or none."""
