"""What people type about the community."""

from miteinander.community.forms.coverage import TargetForm
from miteinander.community.forms.descriptions import (
    CharacteristicsForm,
    ConsentForm,
    SelfDescriptionForm,
    WithdrawalForm,
)
from miteinander.community.forms.ending import EndForm
from miteinander.community.forms.lists import (
    COLUMN,
    ColumnsForm,
    ListForm,
)
from miteinander.community.forms.mailtexts import MailTextForm
from miteinander.community.forms.offers import (
    OfferFileForm,
    OfferFilter,
    OfferForm,
    OfferListFilter,
)
from miteinander.community.forms.office import (
    ClosureForm,
    OfficeForm,
    read_hours,
)
from miteinander.community.forms.register import (
    AbsenceForm,
    BodyForm,
    FillForm,
    ForgetForm,
    HandOverForm,
    InvitationForm,
    NewBodyForm,
    NothingForm,
    OrganisationForm,
    PersonForm,
    PerspectiveForm,
    SeatForm,
)
from miteinander.community.forms.telling import (
    AppearanceForm,
    CrestForm,
    DescriptionForm,
    LegalFactsForm,
    LegalPageForm,
    NewsForm,
    PageForm,
    PictureForm,
    ScheduleForm,
    ToTranslateForm,
    TranslationForm,
)

__all__ = [
    "COLUMN",
    "AbsenceForm",
    "AppearanceForm",
    "BodyForm",
    "CharacteristicsForm",
    "ClosureForm",
    "ColumnsForm",
    "ConsentForm",
    "CrestForm",
    "DescriptionForm",
    "EndForm",
    "FillForm",
    "ForgetForm",
    "HandOverForm",
    "InvitationForm",
    "LegalFactsForm",
    "LegalPageForm",
    "ListForm",
    "MailTextForm",
    "NewBodyForm",
    "NewsForm",
    "NothingForm",
    "OfferFileForm",
    "OfferFilter",
    "OfferForm",
    "OfferListFilter",
    "OfficeForm",
    "OrganisationForm",
    "PageForm",
    "PersonForm",
    "PerspectiveForm",
    "PictureForm",
    "ScheduleForm",
    "SeatForm",
    "SelfDescriptionForm",
    "TargetForm",
    "ToTranslateForm",
    "TranslationForm",
    "WithdrawalForm",
    "read_hours",
]
