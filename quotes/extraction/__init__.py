"""Statements found in news texts: who is reported to have said what, with exact spans and reasons.

Pure Python: no Django, no database, no network. The entry is `quotes.extraction.engine.suggest`.
"""
