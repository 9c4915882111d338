"""From review to resolution: voices of seats, objections, frozen versions, ballots."""

from miteinander.adoption.models.reviewing import ConceptVersion, Objection, Voice

__all__ = ["ConceptVersion", "Objection", "Voice"]
