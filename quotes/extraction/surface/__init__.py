"""Statements read off the surface of a text, without a model: what English and Belarusian have in common."""
