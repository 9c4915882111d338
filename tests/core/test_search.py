"""What is found, in which order, and what never is; the same table on both databases."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.analysis.tokens import folded, words
from miteinander.community import actions as community
from miteinander.core.models import SearchEntry, SearchWord, Thing, TranslationState
from miteinander.core.search import find, keep
from miteinander.core.search.find import LONGEST_QUERY, PER_PAGE, search
from miteinander.core.search.snippet import marked, passage
from miteinander.core.search.words import distance, tokens
from miteinander.core.standing import system
from tests import factories as make

pytestmark = pytest.mark.django_db

SAID = {
    "Sprachkurs am Abend": ("de", "Wer arbeitet, braucht den Kurs nach 18 Uhr."),
    "Mehr Kurse": ("de", "Die Kurse sind immer voll."),
    "Räume für alle": ("de", "Die Straße am Nordpark hat zwei leere Ladenräume."),
    "Kita-Plätze": ("de", "Wir suchen einen Kita-Platz in der Nähe."),
    "Deutsch\u00adkurs": ("de", "Ein weiches Trennzeichen steht in der Mitte."),
    "Українська": ("uk", "Нам потрібні курси німецької мови ввечері."),
    "العربية": ("ar", "نحتاج إلى دَوْرة لغة في المساء"),
    "Türkçe": ("tr", "Akşamları ışıklı bir okul bahçesi istiyoruz."),
    "日本語": ("ja", "夕方の語学教室がほしいです"),
    "Bußgeld": ("de", '100 % zu viel -- OR NEAR(x) "y" * ^z'),
}
# What is typed → what is found, in this order.
FINDS = {
    "Kurs": [
        "Mehr Kurse", "Sprachkurs am Abend", "Deutsch\u00adkurs",
    ],
    "KURSE": ["Mehr Kurse", "Sprachkurs am Abend", "Deutsch\u00adkurs"],
    "Sprachkurs": ["Sprachkurs am Abend"],
    "Sprachkrus": ["Sprachkurs am Abend"],
    "Sprahckusr": ["Sprachkurs am Abend"],
    "Kruse": ["Mehr Kurse", "Sprachkurs am Abend"],
    "Deutschkurs": ["Deutsch\u00adkurs"],
    "raum": ["Räume für alle"],
    "Raeume": ["Räume für alle"],
    "STRASSE": ["Räume für alle"],
    "strasse nordpark": ["Räume für alle"],
    "strasse abend": [],
    "Kitaplatz": ["Kita-Plätze"],
    "kita platz": ["Kita-Plätze"],
    "Platz": ["Kita-Plätze"],
    "курси": ["Українська"],
    "потрибні": ["Українська"],
    "دورة": ["العربية"],
    "ISIKLI": ["Türkçe"],
    "ışıklı okul": ["Türkçe"],
    "教室": ["日本語"],
    "Bussgeld": ["Bußgeld"],
    "100": ["Bußgeld"],
    "zzzzqqqq": [],
}  # fmt: skip


@pytest.fixture
def process():
    process = make.ProcessFactory(title="Vorhaben")
    for title, (language, text) in SAID.items():
        make.ThemeFactory(process=process, title=title, text=text, language=language)
    keep.rebuild()
    return process


def titles(town, typed, **more):
    return [hit.thing.title for hit in search(town, typed, **more).hits]


def test_what_is_typed_finds_the_same_in_the_same_order_on_both_databases(process):
    assert {typed: titles(process.municipality, typed) for typed in FINDS} == FINDS


def test_the_title_comes_first_and_what_was_retired_last(process):
    first = make.ThemeFactory(process=process, title="Anderes", text="Ein Lernhaus.")
    ended = make.ThemeFactory(process=process, title="Lernhaus alt", text="Es war.")
    titled = make.ThemeFactory(process=process, title="Lernhaus", text="Es wird.")
    Thing.objects.filter(pk=ended.pk).update(retired_on=timezone.localdate())
    keep.keep([first.pk, ended.pk, titled.pk])

    found = titles(process.municipality, "lernhaus")

    assert found == ["Lernhaus", "Lernhaus alt", "Anderes"]


def test_the_beginning_of_a_contribution_is_no_title(process):
    said = make.ContributionFactory(process=process, title="Lernhaus …", text="Lernhaus, ja.")
    named = make.ThemeFactory(process=process, title="Lernhaus", text="")
    keep.keep([said.pk, named.pk])

    assert titles(process.municipality, "lernhaus") == ["Lernhaus", "Lernhaus …"]
    assert "=lernhaus" not in SearchEntry.objects.get(pk=said.pk).tokens


def test_numbers_and_identifiers_rank_first_and_follow_the_thing_at_once(process):
    measure = make.MeasureFactory(number="2.4", title="Begegnung")
    town = measure.municipality
    keep.rebuild()

    assert titles(town, "2.4") == titles(town, measure.identifier.upper()) == ["Begegnung"]
    Thing.objects.filter(pk=measure.pk).update(number="3.1")
    assert titles(town, "2.4") == []
    assert titles(town, "3.1") == ["Begegnung"]


def test_what_is_hidden_is_never_found_even_where_its_entry_was_forgotten(process):
    town = process.municipality
    thing = Thing.objects.get(title="Sprachkurs am Abend")
    Thing.objects.filter(pk=thing.pk).update(is_public=False)

    assert SearchEntry.objects.filter(pk=thing.pk).exists()
    assert titles(town, "abend") == titles(town, thing.identifier) == []
    assert search(town, "abend").counts == {}


def test_nothing_of_another_municipality_is_found(process):
    assert titles(make.MunicipalityFactory(), "kurs") == []


def test_what_is_not_public_any_more_leaves_no_word(process):
    thing = Thing.objects.get(title="Sprachkurs am Abend")
    assert SearchWord.objects.filter(word="arbeitet").exists()

    Thing.objects.filter(pk=thing.pk).update(is_public=False)
    keep.keep([thing.pk])

    assert not SearchEntry.objects.filter(pk=thing.pk).exists()
    assert not SearchWord.objects.filter(word="arbeitet").exists()
    assert SearchWord.objects.filter(word="kurs").exists() is False
    assert SearchWord.objects.filter(word="kurse").exists(), "another one still has it"


def test_an_approved_translation_is_found_until_its_original_changes(process):
    thing = process.themes.get(title="Mehr Kurse")
    by = system(process.municipality_id, at=timezone.now())
    for text, state in (("Evening lessons", TranslationState.MACHINE),
                        ("Night classes", TranslationState.APPROVED)):  # fmt: skip
        community.translate(thing, "text", "en", text, state=state, by=by, at=timezone.now())
        found = titles(process.municipality, text)
        assert found == (["Mehr Kurse"] if state == TranslationState.APPROVED else [])
    type(thing).objects.filter(pk=thing.pk).update(text="Ganz anders.")
    keep.keep([thing.pk])

    assert titles(process.municipality, "night classes") == []


def test_pages_do_not_overlap_and_filters_count_every_kind():
    process = make.ProcessFactory(title="Vorhaben")
    for number in range(PER_PAGE + 5):
        make.ContributionFactory(process=process, title=f"Brücke {number}", text="Eine Brücke.")
    make.ThemeFactory(process=process, title="Brücken")
    keep.rebuild()
    town = process.municipality

    first, second = search(town, "brücke"), search(town, "brücke", page=2)

    assert first.counts == second.counts == {"contribution": PER_PAGE + 5, "theme": 1}
    assert (first.total, first.pages) == (PER_PAGE + 6, 2)
    assert first.hits[0].thing.title == "Brücken", "a theme before the voices in it"
    pks = [hit.thing.pk for hit in (*first.hits, *second.hits)]
    assert len(set(pks)) == len(pks) == PER_PAGE + 6
    assert titles(town, "brücke", kind="theme") == ["Brücken"]
    assert search(town, "brücke", page=10**8).page == 2


def test_voices_are_read_from_the_newest_and_counted_so_far_and_no_further(monkeypatch):
    monkeypatch.setattr(find, "MOST_COUNTED", PER_PAGE + 1)
    process = make.ProcessFactory(title="Vorhaben")
    said = [
        make.ContributionFactory(
            process=process, text="Eine Brücke." if number % 2 else "Brückenbau."
        )
        for number in range(2 * PER_PAGE + 6)
    ]
    make.ThemeFactory(process=process, title="Brücken")
    ended = make.ThemeFactory(process=process, title="Die Brücke")
    Thing.objects.filter(pk=ended.pk).update(retired_on=timezone.localdate())
    keep.rebuild()
    town = process.municipality

    first, second = search(town, "brücke"), search(town, "brücke", page=2)
    assert first.is_open
    assert first.counts == {"theme": 2, "contribution": PER_PAGE + 1}
    assert (first.total, first.pages) == (PER_PAGE + 3, 2)
    shown = [hit.thing.pk for hit in (*first.hits, *second.hits)]
    whole = [thing.pk for thing in said[::-1] if thing.text == "Eine Brücke."]
    parts = [thing.pk for thing in said[::-1] if thing.text != "Eine Brücke."]
    assert shown[2:] == [*whole, *parts][: 2 * PER_PAGE - 2], "words before parts of words"
    assert shown[1] == ended.pk
    voices = search(town, "brücke", kind="contribution")
    assert (voices.total, voices.pages) == (PER_PAGE + 1, 2)
    assert [hit.thing.pk for hit in search(town, "brücke", kind="theme").hits] == shown[:2]


def test_a_call_lists_what_it_was_told_and_no_comments_on_it():
    call = make.CallFactory()
    voice, elsewhere = (
        make.ContributionFactory(process=call.process, call=each, text="Eine Brücke.")
        for each in (call, None)
    )
    comment = make.ContributionFactory(
        process=call.process, call=call, replies_to=voice, text="Brücke ja."
    )
    keep.rebuild()
    town = call.municipality
    found = search(town, "brücke", home=call.pk)
    assert ([hit.thing.pk for hit in found.hits], found.counts) == ([voice.pk], {"contribution": 1})
    there = {hit.thing.pk for hit in search(town, "brücke", home=call.process_id).hits}
    assert there == {voice.pk, elsewhere.pk, comment.pk}
    Thing.objects.filter(pk=voice.pk).update(is_public=False)
    assert search(town, "brücke", home=call.pk).hits == [], "also where its entry was forgotten"


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "\x00", "\x00\x01kurs\x1f", "%", "100 %", "'", '"', '"kurs', "kurs\"", "a*", "*",
        "kurs AND", "NEAR(kurs, 3)", "kurs -abend", "^kurs", "kurs:abend", "tokens:kurs", "=kurs",
        "~kurs", "(kurs", "kurs)", "kurs & | ! <-> abend", "\\", "'; DROP TABLE core_thing; --",
        "🎉", "👩‍👩‍👧", "\ud800", "der die das", "x" * 300, "ا" * 300, "日" * 300, "2.4.5.6.7.8",
        "9" * 40, "\u202ekurs", "<script>alert(1)</script>", "und " * 2000, "kurs " * 2000,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_no_error(process, typed, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        found = search(process.municipality, typed)

    assert found.query.is_cut == (len(typed) > LONGEST_QUERY)
    assert "\x00" not in found.query.typed


def test_ten_thousand_characters_are_cut_and_it_is_said(process):
    found = search(process.municipality, "abend " * 1700)

    assert found.query.is_cut
    assert [hit.thing.title for hit in found.hits] == ["Sprachkurs am Abend"]


def test_only_stop_words_find_nothing_and_it_is_said(process):
    query = search(process.municipality, "der die und").query

    assert query.is_empty
    assert query.only_stop_words


def test_a_word_nobody_wrote_is_proposed_as_somebody_did(process):
    query = search(process.municipality, "Sprachkrus").query

    assert query.corrected == (("sprachkrus", "Sprachkurs"),)


@pytest.mark.parametrize(
    ("typed", "word", "language", "shown"),
    [
        ("raum", "Räume", "de", True),
        ("Deutschkurs", "Deutsch\u00adkurs", "de", True),
        ("kurs", "Sprachkurs", "de", True),
        ("دورة", "دَوْرة", "ar", True),
        ("kurs", "Abend", "de", False),
    ],
)
def test_hits_are_marked_as_they_are_written(process, typed, word, language, shown):
    query = search(process.municipality, typed).query

    parts = marked(f"… {word}, ja", query, language)

    assert ([part.text for part in parts if part.is_hit] == [word]) is shown
    assert "".join(part.text for part in parts) == f"… {word}, ja"


def test_the_passage_shows_the_hit_of_a_long_text(process):
    query = search(process.municipality, "abend").query
    text = "Davor steht viel. " * 40 + "Ein Treffen am Abend wäre gut. " + "Danach auch. " * 40

    shown = passage([("de", text)], query, language="de")

    assert shown is not None
    words_shown = "".join(part.text for part in shown.parts)
    assert [part.text for part in shown.parts if part.is_hit] == ["Abend"]
    assert len(words_shown) < 300
    assert words_shown.startswith("… ")
    assert words_shown.endswith(" …")


def test_a_passage_of_one_endless_word_ends(process):
    query = search(process.municipality, "abend").query
    shown = passage([("de", "x" * 3000)], query, language="de")

    assert shown is not None
    assert sum(len(part.text) for part in shown.parts) < 300


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("kurs", "kurs", 0), ("kurs", "krus", 1), ("kurs", "kur", 1), ("abend", "abnde", 2),
     ("haus", "maus", 1), ("haus", "baum", 2), ("haus", "xyzq", 3)],
)  # fmt: skip
def test_distance_counts_typing_errors(one, other, far):
    assert distance(one, other, 2) == far


@pytest.mark.parametrize(
    ("written", "fold"),
    [("Maßnahme", "massnahme"), ("MÄRZ", "maerz"), ("Café", "cafe"), ("İzmir", "izmir"),
     ("ışık", "isik"), ("ﬁnden", "finden"), ("Łódź", "lodz"), ("їжак", "іжак"), ("٣", "٣")],
)  # fmt: skip
def test_words_are_compared_without_accents(written, fold):
    assert [found for _word, found in words(written)] == [fold]


def test_a_word_longer_than_any_is_cut_alike_on_both_sides():
    assert len(folded("ü" * 300)) == 64
    assert tokens("", [("xx", "a" * 300)], language="xx") == "a" * 64


def test_the_index_is_rebuilt_and_then_in_step(process):
    SearchWord.objects.all().delete()
    SearchEntry.objects.filter(pk__gt=0).update(tokens="unsinn")

    assert keep.rebuild() == SearchEntry.objects.count() > len(SAID)
    assert keep.out_of_step() == []
    assert not SearchWord.objects.filter(word="unsinn").exists()
    assert SearchWord.objects.filter(word="sprachkurs").exists()
