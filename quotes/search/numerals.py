"""How numbers are written in texts and typed in queries; both sides must cut them alike."""

NUMBER = r"\d+(?:[.,]\d+)*(?!\d)"
# «5 000», «1 000 000,5»: plain, no-break or thin spaces between groups of three.
SPACED_NUMBER = r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?![\w.,]*\d)"
