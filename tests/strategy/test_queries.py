"""What may be read of the concept, and what it costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from miteinander.core.lineage.link import link
from miteinander.core.models import Relation
from miteinander.strategy import queries
from miteinander.strategy.models import CrossCuttingTheme, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def concept():
    return make.ConceptFactory()


@pytest.mark.parametrize("count", [1, 3])
def test_the_outline_costs_the_same_for_one_field_as_for_many(
    concept, count, django_assert_num_queries
):
    for n in range(count):
        goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept, position=n))
        lead = make.OrganisationFactory(municipality=concept.municipality)
        measure = make.MeasureFactory(goal=goal, lead=lead)
        measure.partners.add(make.OrganisationFactory(municipality=concept.municipality))
    with django_assert_num_queries(6):
        outline = queries.concept_outline(concept)
        told = [
            (m.goal.field.concept.title, m.lead.title, len(m.partners.all()))
            for m in outline.measures
        ]
    assert len(told) == len(outline.goals) == len(outline.fields) == count


def test_the_outline_leaves_retired_things_and_for_visitors_drafts_out(concept):
    field = make.FieldOfActionFactory(concept=concept)
    make.FieldOfActionFactory(concept=concept, state="retired", title="Wohnen")
    goal = make.GoalFactory(field=field)
    shown = make.MeasureFactory(goal=goal, state="submitted")
    draft = make.MeasureFactory(goal=goal, state="draft", is_public=False)
    make.MeasureFactory(goal=goal, state="retired")
    assert queries.concept_outline(concept).measures == [shown, draft]
    outline = queries.concept_outline(concept, public_only=True)
    assert outline.measures == [shown]
    assert [f.title for f in outline.retired_fields] == ["Wohnen"]


def test_counts_are_counted_by_the_system(concept):
    field = make.FieldOfActionFactory(concept=concept)
    goal = make.GoalFactory(field=field)
    make.MeasureFactory(goal=goal)
    make.MeasureFactory(goal=goal, is_public=False)
    make.MeasureFactory(goal=goal, state="retired")
    assert queries.counts_by_field(concept, public_only=True) == {
        field.pk: queries.FieldCount(1, 1)
    }
    assert queries.counts_by_field(concept, public_only=False) == {
        field.pk: queries.FieldCount(1, 2)
    }


def test_a_list_is_filtered_by_state_theme_cross_cutting_theme_and_lead(concept):
    goals = [make.GoalFactory(field=make.FieldOfActionFactory(concept=concept)) for _ in range(2)]
    lead = make.OrganisationFactory(municipality=concept.municipality)
    wanted = make.MeasureFactory(goal=goals[0], lead=lead, state="submitted")
    make.MeasureFactory(goal=goals[1])
    across = CrossCuttingTheme.objects.create(
        municipality=concept.municipality, concept=concept, title="Sozialraum"
    )
    wanted.cross_cutting_themes.add(across)
    theme = make.ThemeFactory(process=concept.process)
    link(theme, goals[0], Relation.GREW_INTO, on=concept.happened_on)
    for chosen in (
        {"state": "submitted"},
        {"cross_cutting_theme": across.identifier},
        {"lead": lead.identifier},
        {"theme": theme.identifier},
    ):
        assert list(Measure.objects.filter(queries.filtered(**chosen))) == [wanted]
    assert Measure.objects.filter(queries.filtered()).count() == 2
    assert not Measure.objects.filter(queries.filtered(lead="gibtesnicht")).exists()


def test_the_adopted_edition_is_the_current_one_even_when_a_next_is_begun(concept):
    concept.state = "adopted"
    concept.save()
    make.ConceptFactory(process=make.ProcessFactory(municipality=concept.municipality))
    town = concept.municipality
    assert queries.current_concept(town, make.visitor(town)) == concept


def test_what_stands_beside_a_measure_is_read_together(concept, django_assert_num_queries):
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    measure = make.MeasureFactory(goal=goal)
    partner = make.OrganisationFactory(municipality=concept.municipality)
    measure.partners.add(partner)
    across = CrossCuttingTheme.objects.create(
        municipality=concept.municipality, concept=concept, title="Sozialraum"
    )
    measure.cross_cutting_themes.add(across)
    hidden = make.MeasureFactory(goal=goal, is_public=False)
    measure.depends_on.add(hidden)
    second = make.IndicatorFactory(measure=measure, title="Anrufe", position=2)
    first = make.IndicatorFactory(
        measure=measure,
        title="Besuche",
        position=1,
        baseline=Decimal("120.50"),
        baseline_on=date(2025, 3, 1),
        target=None,
    )
    with django_assert_num_queries(1):
        found = queries.companions_of(measure, public_only=True)
    assert [t.get_absolute_url() for t in found.partners] == [partner.get_absolute_url()]
    assert found.cross_cutting_themes == [across.as_thing()]
    assert found.needed == [], "a draft is for members only"
    assert queries.companions_of(measure, public_only=False).needed == [hidden.as_thing()]
    assert found.indicators == [first, second]
    told = found.indicators[0]
    assert (told.title, told.unit) == (first.title, first.unit)
    assert (told.baseline, told.baseline_on, told.target) == (
        Decimal("120.5"), date(2025, 3, 1), None,
    )  # fmt: skip
