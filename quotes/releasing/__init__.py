"""Dated releases of everything that is published, as data packages that never change."""
