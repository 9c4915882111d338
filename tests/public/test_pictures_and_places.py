"""An idea with a picture and a place: without an account, with everything typed kept."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from miteinander.core.errors import Closed, Invalid
from miteinander.core.uploads import MOST_BYTES
from miteinander.participation import actions, queries
from miteinander.participation.models import (
    Contribution,
    ContributionPicture,
    ContributionPictureSize,
    ContributionPlace,
)
from tests import factories as f
from tests.core.test_pictures import drawn, png_that_says

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(allows=["picture", "place"])
    client.defaults["HTTP_HOST"] = call.municipality.host
    f.OrganisationFactory(municipality=call.municipality, neighbourhood="Sankt Mang")
    f.OrganisationFactory(
        municipality=call.municipality, neighbourhood="Geheimes Viertel", is_public=False
    )
    return call


def office(call):
    return {"by": f.coordinator(call.municipality), "at": timezone.now()}


def address(call):
    return reverse("public:contribute", args=[call.identifier])


def photo(data=None, name="foto.jpg"):
    return SimpleUploadedFile(name, drawn("JPEG", (1000, 500)) if data is None else data)


def send(client, call, **more):
    facts = {
        "text": "Hier fehlt eine Bank.",
        "may_publish": "yes",
        "language": "",
        "form_key": actions.fresh_form_key(at=timezone.now()),
    } | more
    return client.post(address(call), facts)


def kept_in(response):
    return re.search(r'name="picture_kept" value="([^"]*)"', response.content.decode()).group(1)


def picture_of(said, width=480):
    return reverse("public:contribution_picture", args=[said.identifier, width])


def photographed(client, call, **more):
    assert send(client, call, picture=photo(), **more).status_code == 303
    return Contribution.objects.latest("pk")


# --- sending -------------------------------------------------------------------------------------


def test_a_picture_is_kept_small_and_without_what_the_camera_wrote(client, call):
    exif = Image.Exif()
    exif[0x010F] = "Kamera von Erika"
    exif.get_ifd(0x8825)[1] = "N"
    said = photographed(client, call, picture_text="Eine leere Ecke.")
    data = drawn("JPEG", (900, 600), exif=exif.tobytes())
    assert b"Erika" in data
    send(client, call, text="Noch eine.", picture=photo(data))
    assert said.picture.alternative_text == "Eine leere Ecke."
    assert sorted(said.picture.sizes.values_list("width", flat=True)) == [480, 1000]
    for size in ContributionPictureSize.objects.all():
        content = bytes(type(size).objects.values_list("content", flat=True).get(pk=size.pk))
        assert b"Erika" not in content
        assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_usual_kind_is_taken(client, call, kind):
    assert send(client, call, picture=photo(drawn(kind, (60, 40)))).status_code == 303
    assert ContributionPicture.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "leer"),
        (b"kein Bild", "kein Bild"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (drawn("JPEG", (300, 300))[:400], "beschädigt"),
        (drawn("PNG", (60, 40)) + b"<script>alert(1)</script>", "etwas anderes"),
        (png_that_says(10_000, 10_000), "Millionen Pixel"),
        (b"\xff" * (MOST_BYTES + 1), "10 MB"),
    ],
    ids=["empty", "text", "svg", "broken", "two in one", "100 megapixels", "too heavy"],
)
def test_what_is_no_picture_is_refused_and_everything_typed_is_kept(client, call, data, sentence):
    response = send(client, call, picture=photo(data), picture_text="Eine Ecke.", place_words="Da")
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    for typed in ("Hier fehlt eine Bank.", "Eine Ecke.", 'value="Da"'):
        assert typed in html
    assert Contribution.objects.count() == 0


def test_a_picture_goes_along_when_something_else_is_refused(client, call):
    response = send(client, call, text=" ", picture=photo(), picture_text="Eine Ecke.")
    html = response.content.decode()
    assert response.status_code == 422
    assert "Ihr Bild ist noch da." in html
    assert 'src="data:image/webp;base64,' in html
    assert ContributionPicture.objects.count() == 0  # nothing is kept of what was not sent in
    kept = kept_in(response)
    assert send(client, call, picture_kept=kept).status_code == 303
    assert Contribution.objects.get().picture.width == 1000


def test_a_picture_that_goes_along_can_be_left_out_or_replaced(client, call):
    kept = kept_in(send(client, call, text=" ", picture=photo()))
    assert send(client, call, picture_kept=kept, picture_away="on").status_code == 303
    assert ContributionPicture.objects.count() == 0
    other = photo(drawn("PNG", (70, 40)))
    assert send(client, call, text="Zweitens.", picture_kept=kept, picture=other).status_code == 303
    assert ContributionPicture.objects.get().width == 70


@pytest.mark.parametrize("kept", ["!!!", "aGFsbG8=", "PHN2Zy8+"])
def test_what_comes_back_is_looked_at_like_any_other_file(client, call, kept):
    response = send(client, call, picture_kept=kept)
    assert response.status_code == 422
    assert kept not in response.content.decode()


def test_the_same_form_twice_is_one_and_with_another_picture_it_is_another(client, call):
    key = actions.fresh_form_key(at=timezone.now())
    first, second = (send(client, call, form_key=key, picture=photo()) for _ in range(2))
    assert first["Location"] == second["Location"]
    other = send(client, call, form_key=key, picture=photo(drawn("PNG", (70, 40))))
    assert other["Location"] != first["Location"]
    assert ContributionPicture.objects.count() == Contribution.objects.count() == 2


def test_a_call_that_takes_neither_has_no_fields_and_keeps_nothing(client, call):
    plain = f.CallFactory(municipality=call.municipality, process=call.process)
    form = client.get(address(plain)).content.decode()
    assert 'name="picture"' not in form
    assert 'name="place_words"' not in form
    send(client, plain, picture=photo(), place_words="Da", point="47.7, 10.3")
    assert Contribution.objects.get().call == plain
    assert not ContributionPicture.objects.exists()
    assert not ContributionPlace.objects.exists()


def test_in_protected_mode_only_the_text_is_kept(client, call):
    type(call).objects.update(is_protected=True)
    form = client.get(address(call)).content.decode()
    for name in ("picture", "point", "place_words"):
        assert f'name="{name}"' not in form
    send(client, call, picture=photo(), place_words="Am Bahnhof", point="47.7, 10.3")
    assert Contribution.objects.get().text == "Hier fehlt eine Bank."
    call.refresh_from_db()
    beside = actions.Beside(place=actions.Place(words="Am Bahnhof", point=(47.7, 10.3)))
    actions.submit_contribution(
        call, text="Noch etwas.", may_publish=True, form_key="k", beside=beside, **office(call)
    )
    assert not ContributionPicture.objects.exists()
    assert not ContributionPlace.objects.exists()


def test_who_looks_for_similar_ones_without_a_script_keeps_picture_and_place(client, call):
    near = reverse("public:nearby", args=[call.identifier])
    typed = {"text": "Hier fehlt eine Bank.", "picture": photo(), "place_words": "Am Markt"}
    response = client.post(near, typed)
    html = response.content.decode()
    assert "Ihr Bild ist noch da." in html
    assert 'value="Am Markt"' in html
    assert send(client, call, picture_kept=kept_in(response)).status_code == 303
    assert ContributionPicture.objects.count() == 1


def test_a_place_is_chosen_from_a_list_said_in_words_or_given_as_a_point(client, call):
    form = client.get(address(call)).content.decode()
    assert '<option value="Sankt Mang">' in form
    assert "Geheimes Viertel" not in form
    send(
        client,
        call,
        neighbourhood="Sankt Mang",
        place_words="bei der Haltestelle",
        point="47.72851234, 10.31567",
    )
    place = Contribution.objects.get().place
    assert str(place) == "Sankt Mang, bei der Haltestelle"
    assert (place.latitude, place.longitude) == (47.729, 10.316)


@pytest.mark.parametrize("point", ["Kempten", "47.7", "91, 10", "47.7, 181", "nan, 10", "1,2,3"])
def test_a_point_that_is_none_is_refused_with_an_example(client, call, point):
    response = send(client, call, point=point)
    assert response.status_code == 422
    assert "47.728, 10.315" in response.content.decode()
    assert f'value="{point}"' in response.content.decode()


def test_a_part_of_town_that_is_none_is_refused(client, call):
    assert send(client, call, neighbourhood="Atlantis").status_code == 422


# --- reading -------------------------------------------------------------------------------------


def test_a_picture_is_seen_by_the_office_alone_until_it_is_published(client, call, settings):
    said = photographed(client, call, picture_text="Eine leere Ecke.")
    visitor_status = client.get(picture_of(said)).status_code
    f.sign_in(client, call.municipality, role="member")
    member_status = client.get(picture_of(said)).status_code
    f.sign_in(client, call.municipality)
    assert (visitor_status, member_status) == (404, 404)
    assert client.get(picture_of(said)).status_code == 200
    actions.publish_contribution(said, **office(call))
    client.logout()
    shown = client.get(picture_of(said))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert shown["Cache-Control"] == "private, no-cache"
    again = client.get(picture_of(said), headers={"If-None-Match": shown["ETag"]})
    assert again.status_code == 304
    assert client.get(picture_of(said, 77)).status_code == 404
    page = client.get(said.get_absolute_url()).content.decode()
    assert 'alt="Eine leere Ecke."' in page
    assert picture_of(said, 1000) in page
    listed = client.get(call.get_absolute_url()).content.decode()
    assert picture_of(said, 480) in listed
    assert picture_of(said, 1000) not in listed


def test_a_picture_without_a_description_is_not_published(client, call):
    said = photographed(client, call)
    with pytest.raises(Closed, match="keine Beschreibung"):
        actions.publish_contribution(said, **office(call))
    with pytest.raises(Invalid):
        actions.describe_picture(said, text=" ", **office(call))
    actions.describe_picture(said, text="Eine leere Ecke.", **office(call))
    assert actions.publish_contribution(said, **office(call)).state == "published"


def test_a_picture_can_be_left_out_and_the_words_stay(client, call):
    said = photographed(client, call)
    actions.leave_picture_out(said, **office(call))
    actions.leave_picture_out(said, **office(call))
    assert actions.publish_contribution(said, **office(call)).text == "Hier fehlt eine Bank."
    assert not ContributionPictureSize.objects.exists()
    with pytest.raises(Closed, match="kein Bild mehr"):
        actions.describe_picture(said, text="Zu spät.", **office(call))


@pytest.mark.parametrize("how", ["withdrawn", "refused"])
def test_it_is_gone_with_the_contribution(client, call, how):
    said = photographed(client, call, picture_text="Eine Ecke.", place_words="Am Bahnhof")
    said = actions.publish_contribution(said, **office(call))
    if how == "withdrawn":
        actions.withdraw_contribution(said, **office(call))
        assert not ContributionPlace.objects.exists()
    else:
        actions.refuse_contribution(said, reason="Man erkennt jemanden.", **office(call))
    assert not ContributionPicture.objects.exists()
    assert not ContributionPictureSize.objects.exists()
    assert client.get(picture_of(said)).status_code == 404


def test_another_town_sees_nothing(client, call):
    said = photographed(client, call, picture_text="Eine Ecke.")
    actions.publish_contribution(said, **office(call))
    there = f.MunicipalityFactory()
    client.defaults["HTTP_HOST"] = there.host
    f.sign_in(client, there)
    assert client.get(picture_of(said)).status_code == 404


def test_places_stand_on_the_page_of_the_call_by_part_of_town(client, call):
    for number, (part, words) in enumerate(
        [("Sankt Mang", "Am Markt"), ("", "Am <b>Fluss</b>"), ("Sankt Mang", "")]
    ):
        send(client, call, text=f"Bank Nummer {number}.", neighbourhood=part, place_words=words)
    for said in Contribution.objects.all()[:2]:
        actions.publish_contribution(said, **office(call))
    hidden = Contribution.objects.filter(state="submitted").get()
    groups = queries.places_in(call)
    assert [(g.neighbourhood, len(g.places)) for g in groups] in (
        [("Sankt Mang", 2)],
        [("Sankt Mang", 1), ("", 1)],
    )
    actions.publish_contribution(hidden, **office(call))
    html = client.get(call.get_absolute_url()).content.decode()
    assert "Am &lt;b&gt;Fluss&lt;/b&gt;" in html
    assert re.search(r'Sankt Mang <span class="count">2<', html)
    assert re.search(r'Ohne Stadtteil <span class="count">1<', html)


def test_the_receipt_says_that_there_is_a_picture_and_where(client, call):
    response = send(
        client, call, picture=photo(), picture_text="Eine Ecke.", place_words="Am Markt"
    )
    html = client.get(response["Location"]).content.decode()
    assert "Mit einem Bild." in html
    assert "Am Markt" in html


# --- the rooms of the office ---------------------------------------------------------------------


def test_the_office_describes_a_picture_before_it_publishes(client, call):
    said = photographed(client, call)
    f.sign_in(client, call.municipality)
    queue = reverse("workspace:moderation", args=[call.process.identifier])
    room = reverse("workspace:contribution_picture", args=[said.identifier])
    assert room in client.get(queue).content.decode()
    response = client.post(queue, {"do": f"publish.{said.identifier}"}, follow=True)
    assert "keine Beschreibung" in response.content.decode()
    assert picture_of(said, 1000) in client.get(room).content.decode()
    empty = client.post(room, {"text": ""})
    assert empty.status_code == 422
    client.post(room, {"text": "Eine leere Ecke."})
    client.post(queue, {"do": f"publish.{said.identifier}"})
    said.refresh_from_db()
    assert said.state == "published"
    client.post(room, {"do": "leave_out"})
    assert not ContributionPicture.objects.exists()
    assert client.get(room).status_code == 404


def test_a_member_of_the_town_has_no_business_there(client, call):
    said = photographed(client, call)
    f.sign_in(client, call.municipality, role="member")
    room = reverse("workspace:contribution_picture", args=[said.identifier])
    assert client.get(room).status_code == 403
