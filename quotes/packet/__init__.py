"""The evidence packet of a statement: all that is needed to check it without us."""
