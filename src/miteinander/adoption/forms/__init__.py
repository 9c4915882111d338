"""What people type in review, adoption and ballots."""

from miteinander.adoption.forms.ballots import BallotForm, CastForm
from miteinander.adoption.forms.beside import DecideForm, PlaceForm
from miteinander.adoption.forms.papers import HandOutForm, PapersForm
from miteinander.adoption.forms.reviewing import AdoptForm, ResponseForm, VoiceForm

__all__ = [
    "AdoptForm",
    "BallotForm",
    "CastForm",
    "DecideForm",
    "HandOutForm",
    "PapersForm",
    "PlaceForm",
    "ResponseForm",
    "VoiceForm",
]
