"""Whether two names in a text are of one person."""

from quotes.extraction.russian.names import gender_of_first_name, same, stem


def one_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) == 1 and len(other) > 1:
        return any(same(one[0], word) for word in (other[-1],)) or (
            same(one[0], other[0]) and len(other) == 2 and _is_first_name(one[0])
        )
    if len(other) == 1 and len(one) > 1:
        return one_person(other, one)
    if len(one) == 1:
        return same(one[0], other[0])
    if same(one[-1], other[-1]):
        return _first_names_agree(one[0], other[0])
    # «Ольга Павловна» takes up «Ольга Образцова».
    return same(one[0], other[0]) and (is_patronymic(one[-1]) or is_patronymic(other[-1]))


def is_another(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two full names that can't be of one person: «Иван Приметов», «Пётр Приметов»."""
    if len(one) < 2 or same(one[0], other[-1]) or same(other[0], one[-1]):
        return False
    return not _first_names_agree(one[0], other[0]) and not is_patronymic(one[-1]) and not is_patronymic(other[-1])


def _is_first_name(word: str) -> bool:
    return gender_of_first_name(word) is not None


def is_patronymic(word: str) -> bool:
    return stem(word).endswith(("ович", "евич", "ич", "овн", "евн", "ичн"))


def _first_names_agree(one: str, other: str) -> bool:
    one, other = one.lower().strip("."), other.lower().strip(".")
    return one[0] == other[0] and (min(len(one), len(other)) <= 2 or same(one, other) or one[:3] == other[:3])
