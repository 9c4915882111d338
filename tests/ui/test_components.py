from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
import rules
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import override

from miteinander.core.errors import Conflict, Invalid, NotReady
from miteinander.ui import pieces
from miteinander.ui.samples import SampleForm, samples, stations
from miteinander.ui.shapes import (
    Cell,
    Column,
    Desk,
    DeskStage,
    LanguageLink,
    Link,
    MeasureRow,
    NavItem,
    Point,
    RadarRow,
    Segment,
    Site,
    Station,
)
from miteinander.ui.states import LOOKS
from miteinander.ui.templatetags import ui


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


# --- the contract of a component ---


@pytest.mark.parametrize(
    "misspelt",
    [
        "{% status_badge stat='done' %}",
        "{% status_badge %}",
        "{% status_badge 'done' %}",
        "{% notice titel='x' %}y{% endnotice %}",
        "{% thread %}",
        "{% tally done=1 totl=2 label='x' %}",
    ],
)
def test_misspelt_argument_fails_when_the_template_is_loaded(misspelt):
    with pytest.raises(TemplateSyntaxError):
        Template(misspelt)


def test_every_component_is_drawn_in_the_style_book():
    book = get_template("ui/stilbuch.html").template.source
    frames = ["ui/desk.html", "ui/desk_header.html", "ui/side_nav.html", "ui/base.html"]
    used = book + "".join(get_template(name).template.source for name in frames)
    elsewhere = {
        "allowed", "content", "main_nav", "office_card", "print_header", "site_footer",
        "site_header", "station", "form_fields", "form_row", "error_summary", "diff_view", "qr",
        "breadcrumb", "example_banner", "picture", "bare_field", "questions",
    }  # fmt: skip

    drawn = {name for name in ui.register.tags if re.search(rf"{{% {name}\b", used)}

    assert set(ui.register.tags) - drawn <= elsewhere


# --- states ---


@pytest.mark.parametrize("state", LOOKS)
def test_badge_always_has_icon_word_and_colour(state):
    html = draw("{% status_badge state=state %}", state=state)

    assert f"kern-icon--{LOOKS[state].icon}" in html
    assert f"badge--{LOOKS[state].tone}" in html
    assert str(LOOKS[state].word) in html


def test_state_without_a_look_fails_loudly():
    with pytest.raises(ValueError, match="no look for the state 'purple'"):
        draw("{% status_badge state='purple' %}")


def test_example_is_marked_by_a_word():
    assert "Beispiel" in draw("{% example_tag %}")


# --- thread ---


def test_thread_is_a_list_with_exactly_one_present_station():
    html = draw("{% thread stations=stations label='Faden' %}", stations=stations())

    assert html.count("<ol") == 1
    assert html.count('<li class="station') == len(stations())
    assert html.count("aria-current") == 1
    assert re.search(r'station--now[^>]*aria-current="step"', html)


def test_bundle_opens_without_a_script_and_nests_its_voices():
    html = draw("{% thread stations=stations %}", stations=stations())

    summary = re.search(r"<details[^>]*><summary>(.*?)</summary>\s*<ul", html, re.DOTALL)
    assert summary is not None
    assert summary[1] == "<bdi>3 von 23 zeigen: Beiträge aus 2 Sitzungen</bdi>"
    assert html.count("Busfahrer") == 1
    assert "<small>Tisch 4</small>" in html


def test_station_says_kind_and_number_before_its_title_and_hides_its_past():
    [measure] = [s for s in stations() if s.number == "2.4"]

    html = draw("{% thread stations=stations %}", stations=[measure])

    assert "Maßnahme 2.4: Orte zum Deutschsprechen" in html
    assert "früher: 2.5" in html
    assert "station--last" in html


def test_from_right_to_left_each_part_of_a_heading_runs_in_its_own_direction():
    said = Station(title="نريد دروسا.", kind_label="Beitrag")
    with override("ar"):
        assert ": <bdi>نريد دروسا.</bdi></h3>" in draw("{% thread stations=s %}", s=[said])
    assert "Beitrag: نريد دروسا.</h3>" in draw("{% thread stations=s %}", s=[said])


def test_station_in_another_language_is_marked_as_foreign():
    foreign = Station(title="مكان", sentence="كلام", language="ar", said_in="ar", number="2.4")

    html = draw("{% thread stations=stations %}", stations=[foreign])

    assert html.count('lang="ar" dir="rtl"') == 2


def test_titles_of_stations_are_escaped():
    html = draw("{% thread stations=s %}", s=[Station(title="<script>x</script>", url="#")])

    assert "<script>" not in html


# --- rows ---


def test_measure_shows_state_with_its_date_and_its_age():
    row = MeasureRow("Titel", "/m/1", "running", "2.4", reported_on=date(2020, 10, 5))

    html = draw("{% measure_rows rows=rows %}", rows=[row])

    assert "läuft" in html
    assert '<time datetime="2020-10-05">Montag, 5. Oktober 2020</time> (vor\u00a0' in html
    assert "Noch ohne Federführung" in html
    assert "Beispiel" not in html
    assert "Beispiel" in draw("{% measure_rows rows=rows %}", rows=[replace(row, is_example=True)])


def test_table_names_its_columns_in_every_cell_for_small_screens():
    html = draw(
        "{% data_table columns=columns rows=rows caption='Felder' %}",
        columns=[Column("Feld"), Column("Ziele", is_number=True)],
        rows=[[Cell("Bildung", url="/f"), 8]],
    )

    assert '<th scope="row"><a href="/f">Bildung</a></th>' in html
    assert '<td class="num" data-label="Ziele"><span>8</span></td>' in html
    assert "<caption>Felder</caption>" in html


def test_table_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="zip"):
        draw(
            "{% data_table columns=columns rows=rows caption='x' %}",
            columns=[Column("A"), Column("B")],
            rows=[["only one"]],
        )


def test_pages_keep_the_filter_and_stop_at_the_ends():
    pages = Paginator(range(30), 10)

    first = draw("{% pagination page=page query='state=silent' %}", page=pages.page(1))
    single = draw("{% pagination page=page %}", page=Paginator([1], 10).page(1))

    assert 'href="?page=2&amp;state=silent"' in first
    assert "Zurück" not in first
    assert "Seite 1 von 3" in first
    assert single.strip() == ""


def test_empty_list_says_why_and_what_comes_next():
    html = draw("{% empty_state title='Leer' text='Weil …' url='/weiter' label='Weiter' %}")

    assert "Weil …" in html
    assert '<a class="go" href="/weiter">Weiter</a>' in html


# --- charts ---


def test_bar_speaks_its_numbers_and_fills_exactly_its_width():
    html = draw(
        "{% bar segments=segments sentence='Ein Satz.' legend=True table=True %}",
        segments=[Segment("done", 1), Segment("unknown", 2), Segment("stuck", 0)],
    )

    widths = [
        float(w) for w in re.findall(r'class="f-(?:done|silent)" x="[^"]+" width="([\d.]+)%', html)
    ]
    assert sum(widths) == pytest.approx(100, abs=0.01)
    assert 'aria-label="1 erledigt, 2 ohne Meldung"' in html
    assert "<figcaption>Ein Satz.</figcaption>" in html
    assert '<td class="num">3</td>' in html
    assert "stockt" not in html


def test_bar_of_nothing_says_so():
    assert 'aria-label="keine Daten"' in draw("{% bar segments=segments %}", segments=[])


def test_line_leaves_a_gap_where_a_reading_is_missing():
    points = [Point("1", 1.0), Point("2", 2.0), Point("3", None), Point("4", 4.5), Point("5", 5)]

    html = draw("{% line_chart points=points sentence='Satz' target=6 %}", points=points)

    assert html.count('class="line"') == 2
    assert html.count("<circle") == 4
    assert "kein Messwert" in html
    assert "4,5" in html  # in the table, as Germans write it
    assert not re.search(r' d="[^"]*,', html)  # but never in a path


def test_single_reading_is_told_and_not_drawn():
    html = draw("{% line_chart points=points sentence='Satz' %}", points=[Point("1", 1.0)])

    assert "<svg" not in html
    assert "mindestens zwei Messwerte" in html


def test_tally_is_a_sentence():
    assert "Sprache: 3 von 8" in draw("{% tally done=3 total=8 label='Sprache' %}")
    assert 'width="0.000%"' in draw("{% tally done=0 total=0 label='Leer' %}")


# --- content in languages ---


class Thing(SimpleNamespace):
    title = "Orte zum Sprechen"
    language = "de"


def test_content_in_the_pages_language_stands_plain():
    assert draw("{% content thing 'title' %}", thing=Thing()) == "Orte zum Sprechen"


def test_untranslated_content_is_marked_with_its_language_and_direction():
    with translation.override("ar"):
        html = draw("{% content thing 'title' %}", thing=Thing())

    assert html == '<span lang="de" dir="ltr">Orte zum Sprechen</span>'


def test_machine_translation_says_that_it_is_one():
    thing = Thing(localised={"title": ("Places to talk", "en", "machine")})

    with translation.override("en"):
        html = draw("{% content thing 'title' %}", thing=thing)
        unmarked = draw("{% content thing 'title' mark=False %}", thing=thing)

    assert html.startswith("Places to talk")
    assert "machine translation" in html
    assert unmarked == "Places to talk"


def test_content_is_escaped_and_its_markdown_cleaned():
    thing = Thing(title="<b onclick=x>**fett**</b>", text="**fett** <script>x</script>")

    assert "&lt;b" in draw("{% content thing 'title' %}", thing=thing)
    html = draw("{% content thing 'text' as_markdown=True %}", thing=thing)
    assert "<strong>fett</strong>" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[x](javascript:alert(1))", "href"),
        ("<style>*{}</style>", "<style"),
        ("![pixel](https://tracker.example/p.gif)", "<img"),
    ],
)
def test_markdown_can_do_nothing(text, forbidden):
    assert forbidden not in draw("{{ text|markdown }}", text=text)


def test_markdown_headings_stand_below_the_pages_own():
    assert "<h2>Eins</h2>\n<h3>Zwei</h3>" in draw("{{ t|markdown }}", t="# Eins\n\n## Zwei")


def test_qr_code_is_inline_and_free_of_styles():
    html = draw("{% qr 'https://example.org/c/M4RK' label='Ihr Beitrag' %}")

    assert html.startswith('<svg role="img"')
    assert "<title>Ihr Beitrag</title>" in html
    assert "style=" not in html


# --- forms ---


def wrong_form() -> SampleForm:
    form = SampleForm({"text": "Schon <getippt>.", "tags": ["z"]})
    form.is_valid()
    return form


def test_form_lists_all_errors_on_top_with_links_to_the_fields():
    html = draw("{% form form=form submit='Senden' %}", form=wrong_form())

    links = re.findall(r'<li><a href="#([^"]+)">([^:?]+[:?]) ', html)
    assert links == [
        ("id_title", "Titel:"),
        ("id_lead", "Federführung:"),
        ("id_public_0", "Dürfen andere das lesen?"),
        ("id_agreed", "Ich habe die Hinweise gelesen:"),
    ]
    assert all(f'id="{target}"' in html for target, _label in links)


def test_form_keeps_what_was_typed():
    html = draw("{% form form=form submit='Senden' %}", form=wrong_form())

    assert "Schon &lt;getippt&gt;." in html
    assert re.search(r'value="z"[^>]*checked', html)


def test_field_points_to_its_hint_and_its_error():
    html = draw("{% form form=form submit='Senden' %}", form=wrong_form())

    assert re.search(r'name="title"[^>]*aria-describedby="id_title_hint id_title_errors"', html)
    assert re.search(r'name="title"[^>]*aria-invalid="true"', html)
    assert 'id="id_title_hint"' in html
    assert 'id="id_title_errors"' in html


def test_optional_fields_say_so_and_required_ones_leave_the_refusing_to_us():
    html = draw("{% form form=form submit='Senden' %}", form=SampleForm())

    optional = [f for f in SampleForm().fields.values() if not f.required]
    assert html.count("(freiwillig)") == len(optional)
    assert " required" not in html
    assert "novalidate" in html


def test_choices_are_a_group_with_a_legend_and_their_own_kind_of_box():
    html = draw("{% form form=form submit='Senden' %}", form=SampleForm())

    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>Dürfen andere das lesen\?", html)
    assert len(re.findall(r'type="radio"[^>]*class="kern-form-check__radio"', html)) == 2
    assert len(re.findall(r'type="checkbox"[^>]*class="kern-form-check__checkbox"', html)) == 3


class Dates(forms.Form):
    on = forms.DateField(label="Tag")
    at = forms.DateTimeField(label="Zeitpunkt")
    begins = forms.TimeField(label="Beginn")


def test_dates_use_the_browsers_calendar_in_a_form_it_understands():
    form = Dates(initial={"on": date(2026, 10, 5)})

    html = draw("{% form_fields form=form %}", form=form)

    assert 'type="date" name="on" value="2026-10-05"' in html
    assert 'type="datetime-local"' in html
    assert 'type="time"' in html
    sent = Dates({"on": "2026-10-05", "at": "2026-10-05T17:00", "begins": "17:00"})
    assert sent.is_valid(), sent.errors


def test_forms_carry_the_token_only_where_something_is_changed():
    request = RequestFactory().get("/")
    source = Template("{% form form=form submit='x' method=method %}")

    sent = source.render(Context({"form": Dates(), "method": "post", "csrf_token": "abc"}))
    asked = source.render(Context({"form": Dates(), "method": "get", "csrf_token": "abc"}))

    assert request.method == "GET"
    assert 'name="csrfmiddlewaretoken" value="abc"' in sent
    assert "csrfmiddlewaretoken" not in asked


def test_only_long_texts_are_kept_as_drafts():
    html = draw("{% form form=form submit='x' autosave='m-1' %}", form=SampleForm())

    assert 'data-autosave="m-1"' in html
    assert "data-draft-kept=" in html
    assert "data-draft-refused=" in html
    assert re.findall(r'data-autosave-field="(\w+)"', html) == ["text"]


# --- refusals ---


def test_refusal_shows_all_points_at_once():
    html = draw("{% refusal refusal=refusal %}", refusal=NotReady(["Punkt eins.", "Punkt zwei."]))

    assert "<li>Punkt eins.</li><li>Punkt zwei.</li>" in html
    assert 'role="alert"' in html


def test_refusal_links_to_the_fields_at_fault():
    refused = Invalid({"title": "Zu lang.", "unknown": "Anderes."})

    html = draw("{% refusal refusal=refusal form=form %}", refusal=refused, form=SampleForm())

    assert '<li><a href="#id_title">Zu lang.</a></li>' in html
    assert "<li>Anderes.</li>" in html


def test_conflict_shows_only_fields_that_differ_with_both_texts():
    refused = Conflict(
        mine={"text": "Drei Orte", "title": "Gleich"},
        theirs={"text": "Zwei Orte", "title": "Gleich"},
        revision=4,
    )

    html = draw("{% conflict refusal=refusal form=form %}", refusal=refused, form=SampleForm())

    assert re.search(r"<ins>.*Drei.*</ins>", html)
    assert re.search(r"<del>.*Zwei.*</del>", html)
    assert "Gleich" not in html


def test_page_of_a_refusal_needs_neither_town_nor_user():
    html = render_to_string("ui/refusal.html", {"refusal": NotReady(["Ein Punkt."])})
    broken = render_to_string("ui/refusal.html", {"status": 500})

    assert "<li>Ein Punkt.</li>" in html
    assert "Das hat nicht geklappt" in broken
    assert "data-keep-drafts" in broken


# --- rights ---


@pytest.fixture
def a_right():
    rules.add_perm("test.edit", rules.predicate(lambda standing, thing: standing.user == thing))
    yield "test.edit"
    rules.remove_perm("test.edit")


def test_allowed_asks_the_rule_with_the_standing(a_right):
    source = "{% allowed 'test.edit' thing as may %}{% if may %}ja{% else %}nein{% endif %}"
    request = SimpleNamespace(standing=SimpleNamespace(user=7))

    assert draw(source, request=request, thing=7) == "ja"
    assert draw(source, request=request, thing=8) == "nein"


def test_right_that_nobody_declared_fails():
    with pytest.raises(KeyError, match=r"no\.such"):
        draw("{% allowed 'no.such' %}", request=SimpleNamespace(standing=None))


# --- frames ---


def a_site(**changes: object) -> Site:
    site = Site(
        name="Kempten",
        brand="Miteinander in Kempten",
        nav=(NavItem("Konzept", "/de/konzept/", is_current=True), NavItem("Kontakt", "/de/k/")),
        languages=(
            LanguageLink("de", "Deutsch", "/de/x/", is_current=True),
            LanguageLink("ar", "العربية", "/ar/x/"),
        ),
        legal=(Link("Impressum", "/de/impressum/"),),
    )
    return replace(site, **changes)


def test_site_offers_other_languages_under_their_own_names():
    html = render_to_string("ui/site.html", {"site": a_site()})

    assert '<a href="/ar/x/" lang="ar" dir="rtl" hreflang="ar">العربية</a>' in html
    assert '<html lang="de" dir="ltr"' in html
    assert html.count('<main id="inhalt"') == 1


def test_right_to_left_page_mirrors_the_kit():
    with translation.override("ar"):
        html = render_to_string("ui/site.html", {"site": a_site()})

    assert '<html lang="ar" dir="rtl"' in html
    assert "kern-rtl.css" in html


@pytest.mark.parametrize("is_example", [True, False])
def test_example_installation_says_so_on_every_page(is_example):
    html = render_to_string("ui/site.html", {"site": a_site(is_example=is_example)})

    assert ("Beispielinstallation" in html) is is_example


def test_side_navigation_marks_page_and_present_stage_apart():
    desk = Desk(
        today=NavItem("Heute", "/de/arbeit/"),
        stages=(
            DeskStage("Strategie", "/s", is_current=True),
            DeskStage("Monitoring", "/m", count=3, is_now=True),
        ),
    )

    html = draw("{% side_nav desk=desk %}", desk=desk)

    assert '<a href="/s" aria-current="page">' in html
    assert re.search(r'<li class="is-now"><a href="/m">', html)
    assert "hier steht der Prozess" in html


@pytest.mark.parametrize("language", ["de", "en"])
def test_style_book_has_neither_inline_style_nor_script_nor_empty_links(language):
    desk = Desk(today=NavItem("Heute", "/de/arbeit/"))

    with translation.override(language):
        html = render_to_string("ui/stilbuch.html", {**samples(), "site": a_site(), "desk": desk})

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick" not in html
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert 'href=""' not in html


def test_every_label_and_description_of_the_style_book_finds_its_target():
    desk = Desk(today=NavItem("Heute", "/de/arbeit/"))

    html = render_to_string("ui/stilbuch.html", {**samples(), "site": a_site(), "desk": desk})

    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    named = re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]+)"', html)
    assert {target for names in named for target in names.split()} <= set(ids)


def test_what_is_typed_in_a_long_field_runs_in_its_own_direction():
    class Words(forms.Form):
        text = forms.CharField(widget=forms.Textarea)
        title = forms.CharField()

    form = Words(initial={"text": "نريد دروسا."})
    assert '<textarea name="text"' in draw("{% form_row field=f %}", f=form["text"])
    assert 'dir="auto"' in draw("{% form_row field=f %}", f=form["text"])
    assert 'dir="auto"' not in draw("{% form_row field=f %}", f=form["title"])


def test_words_that_begin_with_a_number_keep_their_order_on_a_page_from_right_to_left():
    """“3 von 6 zeigen” would read “von 6 zeigen 3”, and “1.1 Sprachtreff” “Sprachtreff 1.1”."""
    row = RadarRow(label="1.1 Sprachtreff", said="5", have=0.5, want=None)
    assert "<bdi>1.1 Sprachtreff</bdi>" in pieces.radar_rows((row,))
