"""Who said it: the words that name the speaker, taken up through the text and the registry, or nobody."""

from datetime import date

import pytest

from quotes.extraction.candidates import THRESHOLD
from quotes.extraction.engine import suggest
from tests.quotes.extraction.conftest import HEADS, NOBODY

OLD, NEW = date(2005, 3, 4), date(2024, 3, 4)


class TestNames:
    def test_a_surname_means_the_person_whom_the_text_named_in_full(self, speakers):
        text = "Ольга Образцова открыла мост. По словам Образцовой, он простоит век."
        assert speakers(text) == ["Ольга Образцова"]

    def test_a_name_only_given_in_another_case_is_put_into_the_nominative(self, speakers):
        assert speakers("По словам Ивана Приметова, мост закроют.") == ["Иван Приметов"]

    def test_two_who_speak_together_are_a_group(self, speakers):
        assert speakers("Иван Приметов и Ольга Образцова заявили, что мост откроют.") == [
            "Иван Приметов и Ольга Образцова"
        ]

    def test_two_of_one_surname_stay_apart(self, speakers):
        text = (
            "Иван Приметов открыл мост. По словам Приметова, мост простоит век. "
            "Пётр Приметов возразил, что мост рухнет."
        )
        assert speakers(text) == ["Иван Приметов", "Пётр Приметов"]

    def test_the_one_who_is_cited_speaks_and_not_who_cites(self, speakers):
        text = "«Я горжусь командой», — цитирует пресс-служба клуба главного тренера Андрея Приметова."
        assert speakers(text) == ["Андрей Приметов"]

    @pytest.mark.parametrize(
        ("text", "speaker"),
        [
            ("Помощник Ивана Приметова заявил, что мост откроют.", "Помощник Ивана Приметова"),
            ("Журналист спросил Ивана Приметова, когда откроют мост.", "Журналист"),
        ],
    )
    def test_who_is_named_beside_the_speaker_does_not_speak(self, speakers, text, speaker):
        assert speakers(text) == [speaker]

    def test_a_gerund_has_the_speaker_of_its_verb(self, speakers):
        text = "Мэр Иван Приметов приехал. Отметив, что мост построен, Приметов уехал."
        assert speakers(text) == ["Иван Приметов"]

    def test_a_surname_like_an_adjective_is_one_in_all_cases(self, speakers):
        text = "Суд оправдал Дениса Пробного. Пробный заявил, что рад этому."
        assert speakers(text) == ["Денис Пробный"]

    def test_one_of_several_is_whom_the_text_names_beside(self, speakers):
        text = "Два депутата спорили. Один из них, депутат Иван Приметов, сказал, что мост закроют."
        assert speakers(text) == ["Иван Приметов"]

    def test_a_name_behind_a_rare_title_is_the_speakers(self, speakers):
        text = (
            "Пётр Мерилов уехал. Экс-министр иностранных дел Финляндии Эркки Примеро-Лехто в колонке для газеты написал, "
            "что мост закроют."
        )
        assert speakers(text) == ["Эркки Примеро-Лехто"]


class TestPronouns:
    @pytest.mark.parametrize(("words", "name"), [("Он заявил", "Иван Приметов"), ("Она заявила", "Ольга Образцова")])
    def test_he_and_she_are_told_apart(self, speakers, words, name):
        assert speakers(f"Иван Приметов и Ольга Образцова встретились. {words}, что мост откроют.") == [name]

    def test_by_his_words_means_whoever_acted_last(self, speakers):
        text = "Госсекретарь Примерии Антон Шаблонов обсудил мост с Сергеем Приметовым. По его словам, мост откроют."
        assert speakers(text) == ["Антон Шаблонов"]

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Иван Приметов позвонил Петру Мерилову. Тот ответил, что мост закроют.", "Пётр Мерилов"),
            ("Ольга Образцова спросила Веру Меркину о мосте. Та ответила, что мост закроют.", "Вера Меркина"),
        ],
    )
    def test_the_other_is_not_the_one_who_acted(self, speakers, text, name):
        assert speakers(text) == [name]

    def test_he_may_be_a_source_without_a_name(self, speakers):
        text = "Директор Сергей Мерилов молчит. Источник в мэрии в это не верит: по его словам, мост откроют."
        assert speakers(text) == ["Источник в мэрии"]

    def test_they_are_the_people_who_spoke_last(self, speakers):
        assert speakers("Жители жалуются, что мост закрыт. Они говорят, что ездят в объезд.") == ["Жители", "Жители"]

    def test_who_is_named_within_somebodys_words_is_not_taken_for_the_speaker(self, speakers):
        text = "Ольга Образцова заявила, что Вера Меркина уедет. Она добавила, что мост откроют."
        assert [[one.name for one in found.choices] for found in suggest(text, "ru", NEW, NOBODY)] == [
            ["Ольга Образцова"],
            ["Ольга Образцова"],
        ]


class TestRoles:
    @pytest.mark.parametrize(
        ("role", "again"),
        [
            ("Мэр", "Градоначальник"),
            ("Депутат", "Парламентарий"),
            ("Тренер", "Наставник"),
            ("Министр", "Глава ведомства"),
            ("Адвокат", "Защитник"),
        ],
    )
    def test_a_role_is_taken_up_by_another_word_for_it(self, speakers, role, again):
        text = f"{role} Иван Приметов открыл мост. Рядом стоял фермер Пётр Мерилов. {again} сказал, что доволен."
        assert speakers(text) == ["Иван Приметов"]

    @pytest.mark.parametrize(
        ("role", "broader"),
        [
            ("Мэр города", "Чиновник"),
            ("Депутат", "Политик"),
            ("Хирург", "Врач"),
            ("Министр здравоохранения", "Глава Минздрава"),
            ("Хоккеист", "Спортсмен"),
            ("Председатель комитета", "Руководитель"),
        ],
    )
    def test_a_role_is_taken_up_by_a_broader_word(self, speakers, role, broader):
        text = f"{role} Иван Приметов открыл мост. Рядом стоял Пётр Мерилов. Шёл снег. Играли дети. {broader} сказал, что доволен."
        assert speakers(text) == ["Иван Приметов"]

    def test_of_two_whom_a_broad_word_fits_it_means_whoever_acted_last(self, speakers):
        text = "Посол Пётр Мерилов позвонил министру Ивану Приметову. Чиновник заявил, что мост откроют."
        assert speakers(text) == ["Пётр Мерилов"]

    @pytest.mark.parametrize(
        "role", ["Губернатор", "Министр", "Пресс-секретарь мэра", "Заместитель министра", "Украинский мэр"]
    )
    def test_who_holds_another_post_is_not_meant(self, speakers, role):
        text = f"Мэр американского города Иван Приметов открыл мост. {role} сказал, что доволен мостом."
        assert speakers(text) == [role]

    def test_a_minister_is_not_the_one_of_another_ministry(self, speakers):
        text = "Министр финансов Иван Приметов открыл мост. Министр здравоохранения сказал, что доволен мостом."
        assert speakers(text) == ["Министр здравоохранения"]

    def test_the_head_of_a_ministry_is_no_head_of_a_school(self, speakers):
        text = "Директор школы Иван Приметов открыл мост. Глава министерства сказал, что доволен мостом."
        assert speakers(text) == ["Глава министерства"]

    @pytest.mark.parametrize(
        "clause",
        [
            "Иван Приметов был назначен мэром города.",
            "Иван Приметов — мэр города.",
            "Иван Приметов возглавляет город с мая.",
        ],
    )
    def test_a_clause_may_tell_the_role(self, speakers, clause):
        text = f"{clause} Рядом стоит Пётр Мерилов. Идёт снег. Играют дети. Градоначальник сказал, что доволен мостом."
        assert speakers(text) == ["Иван Приметов"]

    def test_a_text_that_begins_with_a_role_tells_next_whose_it_is(self, speakers):
        text = "Министр рассказал, что мост закроют. Иван Приметов приехал в город и встретился с Петром Мериловым."
        assert speakers(text) == ["Иван Приметов"]

    def test_but_one_of_two_deputies_is_nobody_named_later(self, speakers):
        text = "В думе выступили два депутата. Депутат сказал, что мост закроют. Иван Приметов промолчал."
        assert speakers(text) == ["Депутат"]

    def test_a_role_that_takes_up_nobody_is_of_whom_the_text_is_about(self, speakers):
        text = (
            "Иван Приметов открыл мост. Приметова встречали дети. Мост назвали именем Приметова.\n"
            "Шёл снег. Дул ветер. Играли дети. Пели птицы.\n"
            "По словам юбиляра, мост простоит век. Пётр Мерилов промолчал."
        )
        assert speakers(text) == ["Иван Приметов"]

    def test_a_woman_without_a_name_is_the_one_just_told_of(self, speakers):
        text = "Пришла 72-летняя жительница посёлка. Потерпевшая рассказала, что мост закрыт."
        assert speakers(text) == ["72-летняя жительница посёлка"]

    def test_an_agencys_source_is_the_one_without_a_name(self, speakers):
        text = "Источник в мэрии сказал, что мост закроют. По словам собеседника агентства, мост старый."
        assert speakers(text) == ["Источник в мэрии", "Источник в мэрии"]

    @pytest.mark.parametrize("again", ["Парламентарии считают", "Разработчики считают", "По словам мажилисменов"])
    def test_people_introduced_together_are_taken_up_together(self, speakers, again):
        text = f"Депутаты мажилиса Иван Приметов и Пётр Мерилов внесли поправки. {again}, что мост откроют.".replace(
            "ов, что", "ов,"
        )
        assert speakers(text) == ["Иван Приметов и Пётр Мерилов"]

    def test_the_verb_tells_which_of_two_directors_speaks(self, speakers):
        text = "Директор школы Ольга Образцова и директор завода Иван Приметов спорили. Директор сказала, что уйдёт."
        assert speakers(text) == ["Ольга Образцова"]

    @pytest.mark.parametrize(("country", "name"), [("Американский", "Джо Модель"), ("Индийский", "Радж Шаблон")])
    def test_a_country_tells_which_of_two_leaders_speaks(self, speakers, country, name):
        text = f"Президент США Джо Модель и президент Индии Радж Шаблон спорили. {country} лидер заявил, что доволен."
        assert speakers(text) == [name]

    @pytest.mark.parametrize("words", ["Источник в мэрии", "Другой чиновник", "Один из депутатов"])
    def test_somebody_unnamed_stays_as_printed(self, speakers, words):
        text = f"Чиновник Иван Приметов открыл мост. {words} сказал, что мост закроют."
        assert speakers(text) == [words]


class TestBodies:
    def test_a_body_that_speaks_is_named_in_the_nominative(self, speakers):
        text = "В пресс-службе МЧС рассказали, что пожар потушен. Там добавили, что пострадавших нет."
        assert speakers(text) == ["пресс-служба МЧС", "пресс-служба МЧС"]

    def test_a_word_like_ministry_takes_up_the_one_that_spoke(self, speakers):
        text = "Минтранс сообщил, что мост закроют. В министерстве пояснили, что нет денег."
        assert speakers(text) == ["Минтранс", "Минтранс"]

    def test_a_word_like_ministry_takes_up_no_company(self, speakers):
        text = "Завод «Эталон» сообщил, что мост закроют. В министерстве пояснили, что нет денег."
        assert speakers(text)[1] != speakers(text)[0]

    @pytest.mark.parametrize(
        ("body", "again"),
        [
            ("Прокуратура города", "В надзорном ведомстве"),
            ("МИД Примерии", "Во внешнеполитическом ведомстве"),
            ("Минтранс", "В пресс-службе министерства"),
        ],
    )
    def test_a_body_is_taken_up_by_what_it_is(self, speakers, body, again):
        text = f"{body} проверила мост. Завод «Эталон» закрыт. {again} пояснили, что нет денег."
        assert speakers(text) == [body]

    def test_there_is_in_the_body_without_a_case(self, speakers):
        text = "Минтранс сообщил, что мост закроют. В Etalon Group считают это ошибкой. Там указывают, что мост новый."
        assert speakers(text)[-1] == "Etalon Group"

    def test_a_body_told_of_in_another_case_is_put_into_the_nominative(self, speakers):
        text = "Из Верховного суда пришло письмо. В сообщении говорится, что мост закрыт."
        assert speakers(text) == ["Верховный суд"]

    def test_an_adjective_agrees_with_its_noun(self, speakers):
        assert speakers("По данным надзорного ведомства, мост закрыт.") == ["надзорное ведомство"]

    def test_an_article_speaks_for_itself(self, speakers):
        text = "Минтранс сообщил, что мост закрыт. Ворон много, говорится в статье."
        assert speakers(text)[-1] == "статья"

    def test_a_site_that_carries_the_news_is_not_the_body(self, speakers):
        text = "Пожар потушили в МЧС, сообщает Primer.kz. В релизе говорится, что пострадавших нет."
        assert speakers(text)[-1] == "МЧС"

    def test_whose_document_it_is_speaks_through_it(self, speakers):
        assert speakers("В сообщении Минтранса говорится, что мост закрыт.") == ["Минтранс"]
        assert speakers("Согласно отчёту Минтранса, мост закрыт.") == ["Минтранс"]

    def test_a_document_taken_up_is_of_the_body_that_spoke(self, speakers):
        text = "Минтранс сообщил, что мост закрыт. Из документа следует, что нет денег."
        assert speakers(text) == ["Минтранс", "Минтранс"]


class TestRegistry:
    @pytest.mark.parametrize("words", ["Глава государства", "Белорусский лидер", "Президент Беларуси"])
    @pytest.mark.parametrize(("day", "name"), [(OLD, "Олег Шаблонов"), (NEW, "Вера Эталонова")])
    def test_an_office_means_its_holder_at_the_articles_date(self, speakers, words, day, name):
        assert speakers(f"{words} заявил, что мост откроют.", published=day, registry=HEADS) == [name]

    def test_without_a_date_nobody_is_said_to_hold_the_office(self, speakers):
        text = "Глава государства заявил, что мост откроют."
        assert speakers(text, published=None, registry=HEADS) == ["Глава государства"]
        [found] = suggest(text, "ru", None, HEADS)
        assert {one.name for one in found.choices} >= {"Олег Шаблонов", "Вера Эталонова"}

    def test_a_surname_alone_is_a_holders_only_while_in_office(self, speakers):
        text = "Шаблонов заявил, что мост откроют."
        assert speakers(text, published=OLD, registry=HEADS) == ["Олег Шаблонов"]
        assert speakers(text, published=NEW, registry=HEADS) == ["Шаблонов"]

    def test_a_surname_of_two_holders_is_left_as_printed(self, speakers):
        assert speakers("Меркина заявила, что мост откроют.", published=NEW, registry=HEADS) == ["Меркина"]

    def test_a_full_name_is_the_registrys_person_at_any_date(self):
        [found] = suggest("По словам Олега Шаблонова, мост откроют.", "ru", NEW, HEADS)
        assert (found.speaker.key, found.speaker.name) == ("oleg", "Олег Шаблонов")

    @pytest.mark.parametrize(("day", "unverified"), [(OLD, False), (NEW, True)])
    def test_a_way_through_an_unverified_row_is_said_to_be_one(self, day, unverified):
        [found] = suggest("Глава государства заявил, что мост откроют.", "ru", day, HEADS)
        assert found.speaker.unverified is unverified


class TestThreshold:
    def test_below_it_nobody_is_named_and_those_in_question_are_listed(self):
        text = (
            "В студии Ольга Образцова и Иван Приметов.\n"
            "— Когда выйдет фильм?\n— Фильм выйдет весной, мы почти закончили."
        )
        [found] = suggest(text, "ru", NEW, NOBODY)
        assert found.speaker is None
        assert [one.name for one in found.choices] == ["Ольга Образцова", "Иван Приметов"]
        assert all(one.confidence < THRESHOLD and one.reasons for one in found.choices)

    def test_others_who_may_be_meant_stand_behind_the_likeliest(self):
        text = "Мэр Иван Приметов уехал. Директор Пётр Мерилов остался. Он заявил, что мост откроют."
        [found] = suggest(text, "ru", NEW, NOBODY)
        assert [one.name for one in found.choices] == ["Пётр Мерилов", "Иван Приметов"]
        assert found.speaker == found.choices[0]
        assert found.choices[1].confidence < THRESHOLD
