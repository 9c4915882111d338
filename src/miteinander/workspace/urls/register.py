"""What belongs to the register and came later: oneself, consent, offers, histories."""

from __future__ import annotations

from django.urls import URLPattern, path

from miteinander.workspace.views.community import characteristics, consent, me

urlpatterns: list[URLPattern] = [
    path("ich/", me.me, name="me"),
    path("ich/angaben/", me.me_describe, name="me_describe"),
    path("ich/angaben/loeschen/", me.me_erase, name="me_erase"),
    path("ich/einwilligung/", me.me_consent, name="me_consent"),
    path("kommune/merkmale/", characteristics.characteristics, name="characteristics"),
    path("kommune/personen/<int:pk>/einwilligung/", consent.person_consent, name="person_consent"),
]
