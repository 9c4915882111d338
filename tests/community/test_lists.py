"""Lists read against the register, and taken over: nothing doubled, nothing merged in silence."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from miteinander.community import actions
from miteinander.community.models import (
    Body,
    Consent,
    Organisation,
    Person,
    Seat,
    Spelling,
    Tenure,
)
from miteinander.community.queries import (
    bodies_given,
    organisations_given,
    people_given,
    register_of,
)
from miteinander.community.readers import read_list
from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event, EventDetail, SearchEntry
from miteinander.documents.registers import as_file
from miteinander.documents.sheets import FORMULA
from tests.community.lists import MESSY, line, read, take, told
from tests.core.books import book, saved
from tests.factories import (
    BodyFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PersonFactory,
    PerspectiveFactory,
    SeatFactory,
    UserFactory,
    coordinator,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return MunicipalityFactory(name="Musterstadt")


@pytest.fixture
def school(town):
    return OrganisationFactory(municipality=town, title="Volkshochschule Musterstadt")


def remarks(draft, title):
    return [(r["code"], r["cell"]) for r in line(draft, title).remarks]


# --- reading ------------------------------------------------------------------------------------


def test_the_columns_of_a_messy_list_are_guessed(town):
    draft = read(town)

    assert {column.heading: str(column.field) for column in draft.columns} == {
        "Wer › Anrede": "title",
        "Wer › Name, Vorname": "name",
        "Wer › Funktion": "function",
        "Einrichtung › Träger / Einrichtung": "organisation",
        "Kontakt › E-Mail": "email",
        "Kontakt › Telefon": "",
        "Mitarbeit › AG": "body",
    }


def test_each_entry_of_a_messy_list_is_told_with_its_cell(town, school):
    draft = read(town)

    assert told(draft) == {
        ("organisation", "VHS Musterstadt e.V."): "similar",
        ("organisation", "Türkischer Elternverein"): "new",
        ("body", "AG Sprache"): "new",
        ("body", "Steuerungsgruppe"): "new",
        ("body", "AG Arbeit"): "new",
        ("person", "Anna Beispiel"): "new",
        ("person", "Bernd Muster"): "new",
        ("person", "Dr. Cem Öztürk"): "new",
        ("person", "Dora Dachs"): "new",
        ("row", "Eva Esel / Fritz Fuchs"): "refused",
        ("row", "0831 99"): "refused",
        ("row", "Anrede"): "refused",
        ("row", "Summe"): "refused",
    }
    assert line(draft, "VHS Musterstadt e.V.").candidates == [
        {"pk": school.pk, "label": "Volkshochschule Musterstadt"}
    ]
    assert remarks(draft, "Bernd Muster") == [("two_mails", "E7")]
    assert remarks(draft, "Dr. Cem Öztürk") == [("no_mail", "E9")]
    assert remarks(draft, "Eva Esel / Fritz Fuchs") == [("two_people", "B12")]
    assert remarks(draft, "0831 99") == [("nothing", "F13")]
    assert remarks(draft, "Anrede") == [("heading", "A11")]
    assert remarks(draft, "Summe") == [("sum", "A14")]


def test_reading_writes_nothing(town, django_assert_num_queries):
    register = register_of(town)
    with django_assert_num_queries(0):
        read_list(MESSY, register)

    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("head", "row", "name"),
    [
        (("Vorname", "Nachname"), ("Anna", "Beispiel"), "Anna Beispiel"),
        (("Name", "Vorname"), ("Beispiel", "Anna"), "Anna Beispiel"),
        (("Titel", "Name"), ("Dr.", "Anna Beispiel"), "Dr. Anna Beispiel"),
        (("Anrede", "Name"), ("Frau", "Frau Anna Beispiel"), "Anna Beispiel"),
        (("Ansprechpartner/in", "Ort"), ("Beispiel, Dr. Anna", "X"), "Dr. Anna Beispiel"),
        (("Teilnehmer*in", "Ort"), ("Anna von Beispiel-Muster", "X"), "Anna von Beispiel-Muster"),
    ],
)
def test_names_are_put_together_from_one_cell_or_two(town, head, row, name):
    draft = read(town, book(head, row))

    assert [ln.title for ln in draft.lines] == [name]


def test_crosses_under_bodies_and_bodies_between_the_rows_are_memberships(town):
    crosses = read(
        town, book(("Name", "AG Sprache", "AG Arbeit"), ("Anna B", "x", None), ("Cem C", "X", "ja"))
    )
    groups = read(
        town,
        book(("Name", "Einrichtung"), ("AG Sprache",), ("Anna B", "VHS"), ("AG Arbeit",),
             ("Cem C", "AWO"), merged=("A2:B2",)),
    )  # fmt: skip

    def bodies(draft):
        return {
            ln.title: [b["body"] for b in ln.says["bodies"]]
            for ln in draft.lines
            if ln.subject == "person"
        }

    assert bodies(crosses) == {"Anna B": ["ag sprache"], "Cem C": ["ag sprache", "ag arbeit"]}
    assert bodies(groups) == {"Anna B": ["ag sprache"], "Cem C": ["ag arbeit"]}


def test_an_institution_merged_over_its_people_belongs_to_each(town):
    data = book(
        ("Einrichtung", "Name"), ("Musikschule", "Anna A"), (None, "Bernd B"), (None, "Cem C"),
        merged=("A2:A4",),
    )  # fmt: skip

    draft = read(town, data)

    assert {ln.says["organisation"] for ln in draft.lines if ln.subject == "person"} == {
        "musikschule"
    }


def test_without_headings_columns_are_known_by_their_looks(town):
    draft = read(
        town,
        b"Anna Beispiel;VHS Musterstadt e.V.;anna@vhs.example\n"
        b"Bernd Muster;AWO Kreisverband;b@awo.example\n",
    )

    assert [str(c.field) for c in draft.columns] == ["name", "organisation", "email"]
    assert len([ln for ln in draft.lines if ln.subject == "person"]) == 2


def test_the_visible_sheet_that_looks_like_a_list_is_read_unless_another_is_chosen(town):
    made = Workbook()
    made.active.append(["Bitte beachten Sie die Hinweise"])
    for title, name, state in (("Personen", "Anna B", "visible"), ("Alt", "Alt A", "hidden")):
        sheet = made.create_sheet(title)
        sheet.append(["Name", "E-Mail"])
        sheet.append([name, "a@b.example"])
        sheet.sheet_state = state

    draft = read(town, saved(made))

    assert (draft.sheet, [ln.title for ln in draft.lines]) == (1, ["Anna B"])
    assert [sheet["hidden"] for sheet in draft.sheets] == [False, False, True]
    assert [ln.title for ln in read(town, saved(made), sheet=2).lines] == ["Alt A"]


# --- taking over --------------------------------------------------------------------------------

SAME_SCHOOL = {"VHS Musterstadt e.V.": "0"}


def test_a_list_taken_over_twice_has_nothing_to_do_the_second_time(town, school):
    first = take(town, read(town), SAME_SCHOOL)

    assert first == {"people": 4, "organisations": 1, "bodies": 3, "seats": 4, "changed": 0}
    again = read(town)
    assert {ln.outcome for ln in again.lines} == {"same", "refused"}
    events = Event.objects.count()
    assert set(take(town, again).values()) == {0}
    assert Event.objects.count() == events, "what changed nothing is no event"
    assert (Person.objects.count(), Organisation.objects.count(), Seat.objects.count()) == (4, 2, 4)


def test_people_institutions_and_seats_come_out_of_it(town, school):
    take(town, read(town), SAME_SCHOOL)

    anna = Person.objects.get(name="Anna Beispiel")
    assert (anna.function, anna.email, anna.organisation) == ("Leitung", "anna@vhs.example", school)
    bernd = Person.objects.get(name="Bernd Muster")
    assert (bernd.function, bernd.email) == (
        "für: Volkshochschule Musterstadt",
        "bernd@vhs.example",
    )
    seats = {(s.body.title, s.function, s.holder.name) for s in Seat.objects.all()}
    assert seats == {
        ("AG Sprache", "Volkshochschule Musterstadt", "Anna Beispiel"),
        ("AG Sprache", "Volkshochschule Musterstadt 2", "Bernd Muster"),
        ("Steuerungsgruppe", "Volkshochschule Musterstadt", "Anna Beispiel"),
        ("AG Arbeit", "Türkischer Elternverein", "Dr. Cem Öztürk"),
    }
    assert Tenure.objects.filter(ended=None).count() == 4
    assert Seat.objects.get(body__title="Steuerungsgruppe").body.body_kind == "steering_group"
    verein = Organisation.objects.get(title="Türkischer Elternverein")
    assert verein.kind == "organisation"
    assert SearchEntry.objects.filter(pk=verein.pk).exists()


def test_one_event_tells_of_it_in_figures_and_without_a_name(town, school):
    take(town, read(town), SAME_SCHOOL)

    (event,) = Event.objects.filter(municipality=town)
    assert event.kind == "register.imported"
    assert event.data == {"people": 4, "organisations": 1, "bodies": 3, "seats": 4, "changed": 0}
    for detail in EventDetail.objects.all():
        assert detail.data == {}


def test_whatever_nobody_decided_about_is_left_out_with_those_who_belong_to_it(town, school):
    told_ = take(town, read(town))

    assert told_["people"] == 2
    assert not Person.objects.filter(name="Anna Beispiel").exists()
    assert Organisation.objects.filter(title__startswith="VHS").count() == 0


def test_a_proposal_can_be_something_new_all_the_same(town, school):
    take(town, read(town), {"VHS Musterstadt e.V.": "new"})

    assert Organisation.objects.filter(title="VHS Musterstadt e.V.").count() == 1
    assert Spelling.objects.count() == 0
    assert "similar" not in {ln.outcome for ln in read(town).lines}


def test_two_spellings_in_one_list_are_proposed_as_one(town):
    data = book(
        ("Einrichtung", "Name"),
        ("VHS Musterstadt", "A A"),
        ("Volkshochschule Musterstadt e. V.", "B B"),
    )
    draft = read(town, data)

    assert line(draft, "VHS Musterstadt").outcome == "new"
    assert line(draft, "Volkshochschule Musterstadt e. V.").outcome == "similar"
    take(town, draft, {"Volkshochschule Musterstadt e. V.": "0"})
    assert Organisation.objects.count() == 1
    assert set(Person.objects.values_list("organisation__title", flat=True)) == {"VHS Musterstadt"}
    assert {ln.outcome for ln in read(town, data).lines} == {"same"}


def test_a_list_changes_only_what_it_says_and_says_what_was_there(town, school):
    person = PersonFactory(
        municipality=town, name="Anna Beispiel", email="anna@vhs.example", function="Dozentin",
        organisation=school, language="tr",
    )  # fmt: skip
    data = book(
        ("Name", "E-Mail", "Funktion", "Sprache", "Einrichtung"),
        ("Anna Beispiel", "anna@vhs.example", "Leitung", None, "volkshochschule musterstadt"),
    )

    draft = read(town, data)

    assert line(draft, "Anna Beispiel").differences == [
        {"field": "function", "old": "Dozentin", "new": "Leitung"}
    ]
    take(town, draft, {"Anna Beispiel": "leave"})
    person.refresh_from_db()
    assert person.function == "Dozentin"
    take(town, read(town, data))
    person.refresh_from_db()
    assert (person.function, person.language, person.organisation) == ("Leitung", "tr", school)


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (("Anna Beispiel", "", "Volkshochschule Musterstadt"), "same"),
        (("Beispiel, Anna", "anna@vhs.example", ""), "same"),
        (("Dr. Anna Beispiel", "", "Volkshochschule Musterstadt"), "same"),
        (("Anna Beispiehl", "", "Volkshochschule Musterstadt"), "similar"),
        (("Anna Maria Beispiel", "", "Volkshochschule Musterstadt"), "similar"),
        (("Anna Beispiel", "", "Feuerwehr"), "similar"),
        (("Anna Beispiel", "andere@vhs.example", "Volkshochschule Musterstadt"), "similar"),
        (("Zoe Zander", "anna@vhs.example", "Volkshochschule Musterstadt"), "similar"),
        (("Bernd Beispiel", "", "Volkshochschule Musterstadt"), "new"),
        (("Anna Muster", "", "Volkshochschule Musterstadt"), "new"),
    ],
)
def test_who_may_be_the_same_person_is_proposed(town, school, row, outcome):
    PersonFactory(
        municipality=town, name="Anna Beispiel", email="anna@vhs.example", organisation=school
    )

    draft = read(town, book(("Name", "E-Mail", "Einrichtung"), row))

    (found,) = [ln for ln in draft.lines if ln.subject == "person"]
    assert found.outcome == outcome


def test_a_person_recognised_once_is_known_the_next_time_without_being_kept_in_words(town, school):
    person = PersonFactory(municipality=town, name="Anna Beispiel", email="", organisation=school)
    data = book(
        ("Name", "E-Mail", "Einrichtung"),
        ("Anna Beispiehl", "anna@vhs.example", "Volkshochschule Musterstadt"),
    )

    take(town, read(town, data), {"Anna Beispiehl": "0"})

    person.refresh_from_db()
    assert (person.name, person.email) == ("Anna Beispiel", "anna@vhs.example")
    assert "similar" not in {ln.outcome for ln in read(town, data).lines}
    assert "beisp" not in Spelling.objects.get().key
    by = coordinator(town)
    actions.forget_person(person, by=by, at=by.at)
    assert not Spelling.objects.exists()


def test_the_address_of_an_institution_is_not_given_to_two_people(town):
    data = book(
        ("Name", "E-Mail", "Einrichtung"),
        ("Anna A", "info@x.example", "X"),
        ("Bernd B", "info@x.example", "X"),
    )

    draft = read(town, data)
    assert line(draft, "Bernd B").outcome == "similar"
    take(town, draft, {"Bernd B": "new"})

    assert set(Person.objects.values_list("name", "email")) == {
        ("Anna A", "info@x.example"),
        ("Bernd B", ""),
    }
    assert {ln.outcome for ln in read(town, data).lines} == {"same"}


def test_the_same_person_in_two_rows_is_one_with_two_bodies(town):
    data = book(
        ("Name", "E-Mail", "AG"),
        ("Anna A", "a@x.example", "AG 1"),
        ("Anna A", "a@x.example", "AG 2"),
    )

    assert take(town, read(town, data)) == {
        "people": 1, "organisations": 0, "bodies": 2, "seats": 2, "changed": 0,
    }  # fmt: skip


def test_a_vacant_seat_of_the_institution_is_filled_before_a_new_one_is_made(town, school):
    seat = SeatFactory(
        body=BodyFactory(municipality=town, title="AG Sprache"),
        organisation=school,
        holder=None,
        function="Bildung",
    )

    take(town, read(town), SAME_SCHOOL)

    seat.refresh_from_db()
    assert seat.holder.name == "Anna Beispiel"
    assert Tenure.objects.filter(seat=seat, person=seat.holder, ended=None).count() == 1


def test_an_account_keeps_the_address_it_signs_in_with(town, school):
    user = UserFactory(email="alt@vhs.example")
    person = PersonFactory(
        municipality=town, name="Anna B", user=user, email="alt@vhs.example", organisation=school
    )
    data = book(
        ("Name", "E-Mail", "Einrichtung"),
        ("Anna B", "neu@vhs.example", "Volkshochschule Musterstadt"),
    )

    take(town, read(town, data), {"Anna B": "0"})

    person.refresh_from_db()
    assert person.email == "alt@vhs.example"


def test_kind_perspectives_neighbourhood_languages_and_consent_are_read(town):
    perspective = PerspectiveFactory(municipality=town, title="Schule")
    data = book(
        ("Einrichtung", "Art", "Perspektiven", "Stadtteil", "Name", "Sprachen", "Einwilligung am"),
        ("Schule A", "Schule und Bildung", "Schule; Mond", "Nord", "Anna A",
         "Türkisch, Deutsch, Klingonisch", 45352),
        ("Schule A", None, None, None, "Bernd B", "de", "ja"),
    )  # fmt: skip
    with override("de"):
        draft = read(town, data)
    assert remarks(draft, "Anna A") == [("no_language", "F2"), ("no_perspective", "C2")]
    assert remarks(draft, "Bernd B") == [("no_consent_day", "G3")]

    take(town, draft)

    organisation = Organisation.objects.get()
    assert (organisation.organisation_kind, organisation.neighbourhood) == ("school", "Nord")
    assert list(organisation.perspectives.all()) == [perspective]
    anna = Person.objects.get(name="Anna A")
    assert (anna.language, anna.further_languages) == ("tr", "de")
    (consent,) = Consent.objects.all()
    assert (consent.person, str(consent.given_on), consent.way) == (anna, "2024-03-01", "form")
    with override("de"):
        assert {ln.outcome for ln in read(town, data).lines} == {"same"}


@pytest.mark.parametrize(
    ("head", "row", "kept"),
    [
        (("Einrichtung", "Telefon"), ("Haus A", "0831 / 12-34"), "0831 / 12-34"),
        (("Einrichtung", "Telefon"), ("Haus A", "bitte mailen"), ""),
        (("Name", "Einrichtung", "Telefon"), ("Anna A", "Haus A", "0170 1234"), ""),
        (
            ("Name", "Einrichtung", "Telefon der Einrichtung"),
            ("Anna A", "Haus A", "083112"),
            "083112",
        ),
    ],
)
def test_a_telephone_number_is_kept_of_organisations_and_never_of_people(town, head, row, kept):
    data = book(head, row)
    take(town, read(town, data))

    assert Organisation.objects.get().phone == kept
    assert {ln.outcome for ln in read(town, data).lines} == {"same"}


def test_a_cell_full_of_digits_is_no_telephone_number_and_is_read_at_once(town):
    digits = "1" * 30_000 + "x"

    draft = read(town, book(("Einrichtung", "Telefon"), ("Haus A", digits)))

    assert remarks(draft, "Haus A") == [("no_phone", "B2")]


def test_another_telephone_number_is_a_difference(town):
    OrganisationFactory(municipality=town, title="Haus A", phone="0831 1")

    take(town, read(town, book(("Einrichtung", "Telefon"), ("Haus A", "0831 222"))))

    assert Organisation.objects.get().phone == "0831 222"


def test_a_consent_that_was_withdrawn_is_not_given_back_by_an_older_list(town):
    person = PersonFactory(municipality=town, name="Anna A")
    Consent.objects.create(
        person=person, given_on="2024-01-01", way="form", withdrawn_on="2024-06-01"
    )

    def reading(day):
        return line(
            read(town, book(("Name", "Einwilligung"), ("Anna A", day))), "Anna A"
        ).differences

    assert reading("1.3.2024") == []
    assert reading("1.7.2024") == [{"field": "consent", "old": "2024-06-01", "new": "2024-07-01"}]


def test_nothing_is_written_when_the_register_changed_since_the_preview(town):
    draft, by = read(town), coordinator(town)
    seen = register_of(town).fingerprint
    PersonFactory(municipality=town)

    with pytest.raises(Closed):
        actions.take_over(town, draft.lines, seen=seen, by=by, at=by.at)

    assert Person.objects.count() == 1


def test_rows_of_another_town_are_never_touched(town):
    elsewhere = MunicipalityFactory()
    foreign = OrganisationFactory(municipality=elsewhere, title="Volkshochschule Musterstadt")
    PersonFactory(
        municipality=elsewhere, name="Anna Beispiel", email="anna@vhs.example", organisation=foreign
    )
    draft = read(town)
    assert "similar" not in {ln.outcome for ln in draft.lines}
    draft.lines[0].match = foreign.pk

    with pytest.raises(AssertionError):
        take(town, draft)
    assert Person.objects.filter(municipality=town).count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_taking_over_costs_the_same_queries_for_one_row_as_for_many(
    town, count, django_assert_max_num_queries
):
    rows = [
        (f"Name{n} Nach{n}", f"n{n}@x.example", f"Einrichtung {n}", "AG 1") for n in range(count)
    ]
    draft = read(town, book(("Name", "E-Mail", "Einrichtung", "AG"), *rows))
    seen, by = register_of(town).fingerprint, coordinator(town)

    with django_assert_max_num_queries(60):
        actions.take_over(town, draft.lines, seen=seen, by=by, at=by.at)


@pytest.mark.parametrize("count", [1, 30])
def test_bodies_that_are_of_another_kind_cost_the_same(town, count, django_assert_max_num_queries):
    for n in range(count):
        BodyFactory(municipality=town, title=f"Runde {n}", body_kind="working_group")
    rows = ((f"Runde {n}", "Fachrunde") for n in range(count))
    draft, by = read(town, book(("Gremium", "Art des Gremiums"), *rows)), coordinator(town)
    assert {line.outcome for line in draft.lines} == {"changed"}

    with django_assert_max_num_queries(44):
        actions.take_over(town, draft.lines, seen=register_of(town).fingerprint, by=by, at=by.at)

    assert set(Body.objects.values_list("body_kind", flat=True)) == {"expert_round"}


@pytest.mark.parametrize("count", [1, 30])
def test_seats_for_people_whose_organisations_the_list_does_not_name_cost_the_same(
    town, count, django_assert_max_num_queries
):
    for n in range(count):
        PersonFactory(
            municipality=town, name=f"Name{n} Nach{n}",
            organisation=OrganisationFactory(municipality=town, title=f"Haus {n}"),
        )  # fmt: skip
    data = book(
        ("Name", "E-Mail", "AG"),
        *((f"Name{n} Nach{n}", f"n{n}@x.example", "AG 1") for n in range(count)),
    )
    draft, by = read(town, data), coordinator(town)
    for one in draft.lines:
        one.decision = "0" if one.outcome == "similar" else ""

    with django_assert_max_num_queries(55):
        actions.take_over(town, draft.lines, seen=register_of(town).fingerprint, by=by, at=by.at)

    assert set(Seat.objects.values_list("function", flat=True)) == {
        f"Haus {n}" for n in range(count)
    }


def test_what_is_too_long_is_refused_with_its_cell(town):
    draft = read(town, book(("Name", "Einrichtung"), ("Anna A", "X" * 201)))

    assert [(ln.outcome, ln.remarks[0]["code"], ln.remarks[0]["cell"]) for ln in draft.lines] == [
        ("refused", "too_long", "B2")
    ]


def test_what_is_no_table_is_refused(town):
    with pytest.raises(Invalid):
        read(town, b"%PDF-1.7")


# --- given out and read back ------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("given", [people_given, organisations_given, bodies_given])
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_was_given_out_and_is_read_back_leaves_nothing_to_do(
    town, school, given, ending, language
):
    take(town, read(town), SAME_SCHOOL)
    text = "=Netzwerk\r\nmit zwei Zeilen; und „Zeichen“"
    awkward = OrganisationFactory(
        municipality=town,
        title="+Plus, -Minus & Co; e.V.",
        text=text,
        organisation_kind="school",
        phone="+49 831 12-0",
    )
    awkward.perspectives.add(PerspectiveFactory(municipality=town, title="Schule & Kita"))
    person = PersonFactory(
        municipality=town, name="@Anna, Dr. Beispiel", function="=Leitung", language="tr",
        further_languages="de, ar", organisation=awkward,
    )  # fmt: skip
    Consent.objects.create(person=person, given_on="2024-03-01", way="form")
    PersonFactory(municipality=town, name="", function="Mitglied des Stadtrats", email="")
    body = BodyFactory(municipality=town, title="-Rat", body_kind="council")
    SeatFactory(body=body, function="frei", holder=None, organisation=awkward)
    SeatFactory(body=body, function="besetzt", holder=person)
    BodyFactory(municipality=town, title="Noch ohne Sitz")

    with override(language):
        found = given(town)
        draft = read(town, as_file(found.title, found.heads, found.rows, ending))

    assert {
        (ln.title, ln.outcome, str(ln.differences)) for ln in draft.lines if ln.outcome != "same"
    } == set()
    assert len(draft.lines) >= 3
    assert not any(ln.remarks for ln in draft.lines)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_cell_that_is_given_out_can_be_a_formula(ending):
    signs = ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"]
    data = as_file("Liste", ["Kopf"], [[sign] for sign in signs], ending)

    if ending == "csv":
        cells = data.decode("utf-8-sig").replace('"', "").split("\r\n")[1:-1]
        assert len(cells) == len(signs)
        assert not any(FORMULA.match(cell) for cell in cells)
    else:
        sheet = load_workbook(BytesIO(data)).active
        cells = [sheet.cell(row, 1) for row in range(2, 2 + len(signs))]
        assert [cell.data_type for cell in cells] == ["s"] * len(signs)
        assert all(cell.quotePrefix for cell in cells)
