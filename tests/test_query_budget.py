"""What every public page asks of the database: a fixed number, whatever stands on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from miteinander.workspace.urls import participation, surveys
from tests.addresses import PUBLIC, WORKSPACE
from tests.test_addresses import path_of
from tests.world import World, build, kept_for_a_module

pytestmark = pytest.mark.django_db
MOST = 8
READ = [address for address in PUBLIC if address.get is not None]
# In German and in English: what is written in another language costs one look for translations.
# The office at the foot of every page is remembered until something public changes.
QUERIES = {
    "public:home": (7, 8),
    "public:contact": (1, 1),
    "public:link": (4, 4),
    "public:organisation": (7, 8),
    "public:body": (6, 7),
    "public:offers": (4, 5),
    "public:offer": (2, 3),
    "public:perspective": (4, 5),
    "public:news_list": (3, 4),
    "public:news": (3, 4),
    "public:page": (2, 3),
    "public:imprint": (2, 2),
    "public:privacy": (2, 2),
    "public:accessibility": (2, 2),
    "public:barrier": (2, 2),
    "public:counting": (2, 2),
    "public:processes": (3, 4),
    "public:process": (7, 8),
    "public:meetings": (4, 5),
    "public:meeting": (7, 8),
    "public:meeting_file": (3, 3),
    "public:own_calendar": (6, 6),
    "public:register": (3, 4),
    "public:registered": (2, 3),
    "public:door": (2, 3),
    "public:arrived": (2, 3),
    "public:registration": (2, 3),
    "public:registration_cancel": (2, 3),
    "public:minutes": (4, 5),
    "public:minutes_file": (3, 3),
    "public:resolution": (5, 6),
    "public:draw": (6, 7),
    "public:draw_file": (8, 8),
    "public:calls": (3, 4),
    "public:call": (7, 8),
    "public:call_table": (3, 3),
    "public:contribute": (4, 5),
    "public:places": (3, 4),
    "public:places_file": (3, 3),
    "public:survey": (3, 4),
    "public:survey_question": (2, 3),
    "public:survey_results": (7, 8),
    "public:survey_receipt": (7, 8),
    "public:survey_change": (7, 8),
    "public:survey_delete": (3, 4),
    "public:survey_copy": (5, 6),
    "public:vote": (5, 6),
    "public:propose": (2, 3),
    "public:somebody_else": (2, 3),
    "public:statement": (4, 5),
    "public:own_votes": (3, 4),
    "public:own_votes_file": (3, 3),
    "public:own_votes_delete": (2, 3),
    "public:receipt_search": (1, 1),
    "public:receipt": (6, 8),
    "public:withdraw": (3, 3),
    "public:receipt_add": (2, 2),
    "public:receipt_json": (6, 7),
    "public:receipt_txt": (6, 7),
    "public:receipt_gone": (1, 1),
    "public:notice": (3, 3),
    "public:notice_asked": (2, 2),
    "public:notice_confirm": (2, 2),
    "public:notice_end": (3, 3),
    "public:late": (2, 3),
    "public:by_code": (1, 1),
    "public:live": (3, 4),
    "public:live_ask": (2, 3),
    "public:passage": (4, 6),
    "public:passage_comment": (3, 5),
    "public:contributions": (7, 8),
    "public:contribution": (6, 8),
    "public:contribution_picture": (2, 2),
    "public:comment": (3, 4),
    "public:support": (2, 3),
    "public:theme": (6, 7),
    "public:concepts": (2, 3),
    "public:concept": (7, 8),
    "public:field": (7, 8),
    "public:goal": (6, 8),
    "public:measure": (7, 8),
    "public:cross_cutting_theme": (5, 6),
    "public:version": (6, 7),
    "public:version_file": (3, 3),
    "public:documents": (4, 5),
    "public:objection": (4, 6),
    "public:ballot": (4, 6),
    "public:ballot_file": (2, 2),
    "public:implementation": (7, 8),
    "public:report": (5, 7),
    "public:search": (1, 1),
    "public:short_code": (1, 1),
    "public:feed": (2, 2),
    "public:process_feed": (3, 3),
    "public:measure_feed": (3, 3),
    "public:calendar": (3, 3),
    "public:meeting_date": (2, 2),
}

# The overview before the decision, for a member: issue 7 asks for eight at 500 measures, which
# tests/workspace/test_brief.py and benchmarks/bench_brief.py ask for.
OVERVIEW = {"workspace:load": 7, "workspace:brief": 7}


@pytest.fixture(scope="module")
def towns(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        yield {rows: build(f"stadt-{rows}.example", rows=rows) for rows in (1, 3)}


def counted(world: World, language: str) -> dict[str, int]:
    """How often each public page asks the database, for a visitor."""
    client = world.client("visitor")
    client.get("/de/kontakt/")  # the frame has seen the office
    found = {}
    for address in READ:
        path = path_of(address, world).replace("/de/", f"/{language}/", 1)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.status_code == 200, path
        found[address.name] = len(queries)
    return found


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_the_same_whatever_it_lists(towns, settings, rows, language):
    settings.ALLOWED_HOSTS = ["*"]
    column = ("de", "en").index(language)

    assert counted(towns[rows], language) == {
        name: counts[column] for name, counts in QUERIES.items()
    }


def test_every_public_page_keeps_to_the_budget():
    assert set(QUERIES) == {address.name for address in READ}
    assert {name: most for name, most in QUERIES.items() if max(most) > MOST} == {}


@pytest.mark.parametrize("name", OVERVIEW)
@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_before_the_decision_keeps_to_it_as_well(towns, settings, rows, name):
    settings.ALLOWED_HOSTS = ["*"]
    client = towns[rows].client("coordinator")
    path = reverse(name, args=[towns[rows]["concept"].identifier])
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert len(queries) == OVERVIEW[name]


# For the coordination; four of them are who asks, as in every room.
ROOMS = {
    "workspace:questions": 8,
    "workspace:question_time": 8,
    "workspace:questions_screen": 7,
    "workspace:draft_words": 8,
    "workspace:call_synopsis": 7,
    "workspace:call_synopsis_file": 7,
    "workspace:call_radar": 10,
    "workspace:call_radar_file": 10,
    "workspace:calls": 9,
    "workspace:call_new": 8,
    "workspace:call": 9,
    "workspace:call_edit": 8,
    "workspace:survey_questions": 9,
    "workspace:survey_question_new": 7,
    "workspace:survey_preview": 7,
    "workspace:survey_take_over": 8,
    "workspace:survey_results_shown": 7,
    "workspace:survey_office_results": 11,
    "workspace:survey_answers_file": 9,
    "workspace:survey_enter": 8,
    "workspace:survey_question": 8,
    "workspace:survey_question_remove": 6,
    "workspace:statements": 8,
    "workspace:statement_edit": 6,
    "workspace:statement_withdraw": 6,
    "workspace:statement_adopt": 7,
    "workspace:opinion_map": 8,
    "workspace:ballots": 7,
    "workspace:votes_file": 7,
    "workspace:call_draft": 8,
    "workspace:call_entry": 9,
    "workspace:call_cards_read": 6,
    "workspace:call_table": 7,
    "workspace:call_paper": 8,
    "workspace:moderation": 9,
    "workspace:refusal_reasons": 8,
    "workspace:cards": 9,
    "workspace:board": 8,
    "workspace:board_stand": 8,
    "workspace:suggestions": 9,
    "workspace:merge": 7,
    "workspace:answers": 8,
    "workspace:theme_new": 7,
    "workspace:theme": 9,
    "workspace:theme_rename": 6,
    "workspace:theme_retire": 6,
    "workspace:theme_move": 7,
    "workspace:theme_answer": 10,
    "workspace:contribution": 11,
    "workspace:refuse": 7,
    "workspace:black_out": 7,
    "workspace:split": 6,
    "workspace:answer": 8,
    "workspace:contribution_picture": 6,
    "workspace:answer_supplement": 6,
    "workspace:answer_many": 9,
    "workspace:answer_letters": 10,
    "workspace:answers_file": 9,
    "workspace:call_answers_sheet": 9,
    "workspace:answer_translations": 8,
    "workspace:answer_translate": 7,
    "workspace:text_blocks": 6,
    "workspace:text_block_new": 5,
    "workspace:text_block_edit": 6,
}
PARTICIPATION = {f"workspace:{p.name}" for p in (*participation.urlpatterns, *surveys.urlpatterns)}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_room_of_participation_asks_the_same_whatever_lies_in_it(towns, settings, rows):
    settings.ALLOWED_HOSTS = ["*"]
    client = towns[rows].client("coordinator")
    found = {}
    for address in WORKSPACE:
        if address.name in PARTICIPATION and address.get is not None:
            path = path_of(address, towns[rows])
            client.get(path)  # the frame has seen the office
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
            assert response.status_code == 200, path
            found[address.name] = len(queries)
    assert found == ROOMS
