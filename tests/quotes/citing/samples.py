"""Invented statements to cite: one of each kind, and dates of each precision."""

from dataclasses import replace
from datetime import date

from people.edtf import Edtf
from quotes.citing.cited import Cited

PERMANENT = "https://skazano.example/s/abcd2345"

DIRECT = Cited(
    public_id="abcd2345",
    permanent=PERMANENT,
    kind="direct",
    spans=("Мост будет построен к осени",),
    language="ru",
    told_in="ru",
    speaker="Иван Озёрный",
    attribution="сказал Иван Озёрный",
    office="Глава Заречья",
    spoken=Edtf("2031-05-04"),
    spoken_known="text",
    occasion="Встреча с послом Приморья",
    title="Мост построят",
    source="Заречный вестник",
    published=Edtf("2031-05-05"),
    published_known="address",
    address="https://vestnik.example/most?a=1&b=2_3",
    retrieved=date(2031, 5, 6),
)
ENGLISH = replace(
    DIRECT,
    told_in="en",
    speaker="Ivan Ozyorny",
    office="Head of Zarechye",
    occasion="Meeting with the ambassador",
    source="Zarechny Vestnik",
)
INDIRECT = replace(DIRECT, kind="indirect", spans=("дороги отремонтируют раньше",))
MIXED = replace(DIRECT, kind="mixed", spans=("работы он назвал «просто смешными»", "и пообещал новый мост"))
IMPRECISE = replace(INDIRECT, spoken=Edtf("2031-35"), spoken_known="publication", published=None, published_known="")
BARE = Cited(
    public_id="abcd2345",
    permanent=PERMANENT,
    kind="direct",
    spans=("Да",),
    language="ru",
    told_in="ru",
    source="Газета",
)
ALL = {
    "direct": DIRECT, "english": ENGLISH, "indirect": INDIRECT, "mixed": MIXED, "imprecise": IMPRECISE, "bare": BARE,
    "quarter": replace(DIRECT, spoken=Edtf("2031-33"), published=Edtf("2031-34")),
    "month": replace(INDIRECT, spoken=Edtf("2031-05"), published=Edtf("2031-06")),
    "year": replace(MIXED, spoken=Edtf("2030"), published=Edtf("2031"), byline="Анна Вымышленная"),
    "no address": replace(DIRECT, address=""),
    "not identified": replace(INDIRECT, speaker="", office="", attribution="сообщили в штабе"),
}  # fmt: skip
