"""Everybody who may knock at the pages of a meeting."""

from __future__ import annotations

from tests import factories as make


def enter_as(client, meeting, who):
    """Sign in as somebody; who leads and who sits does so in the body that meets."""
    town = meeting.municipality
    if who == "visitor":
        client.defaults["HTTP_HOST"] = town.host
        return
    if who == "stranger":
        make.sign_in(client, make.MunicipalityFactory())
        client.defaults["HTTP_HOST"] = town.host
        return
    user = make.sign_in(client, town, "coordinator" if who == "coordinator" else "member")
    if who in {"leader", "member of the body"}:
        make.SeatFactory(body=meeting.body, holder=user.people.get(), leads=who == "leader")
