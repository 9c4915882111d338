"""What people type in review and adoption."""

from miteinander.adoption.forms.reviewing import AdoptForm, ResponseForm, VoiceForm

__all__ = ["AdoptForm", "ResponseForm", "VoiceForm"]
