"""Citing a statement: the text to copy, references, files for reference managers. Pure: knows no Django."""
