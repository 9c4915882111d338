"""What may be done with the community: one verb, one transaction, one event."""

from miteinander.community.actions.bodies import change_body, form_body
from miteinander.community.actions.consent import give_consent, withdraw_consent
from miteinander.community.actions.coverage import (
    drop_old_figures,
    drop_target,
    keep_figures,
    set_target,
)
from miteinander.community.actions.descriptions import (
    choose_characteristics,
    describe_self,
    erase_self_description,
)
from miteinander.community.actions.ending import end_organisation, resume_organisation
from miteinander.community.actions.imports import (
    allowed_for,
    checked_columns,
    choose_columns,
    choose_sheet,
    decide,
    decide_all,
    drop_import,
    finish_import,
    hand_to_worker,
    keep_preview,
    receive_list,
    refuse_list,
    sweep_imports,
    take_over,
)
from miteinander.community.actions.mailtexts import drop_mail_text, write_mail_text
from miteinander.community.actions.municipality import (
    appoint_coordinator,
    found_municipality,
    set_municipality,
)
from miteinander.community.actions.news import (
    choose_news_picture,
    edit_news,
    let_appear,
    publish_news,
    restore_news,
    retire_news,
    schedule_news,
    take_back_news,
    write_news,
)
from miteinander.community.actions.offers import (
    OfferDetails,
    change_offer,
    end_offer,
    make_offer,
    resume_offer,
)
from miteinander.community.actions.office import (
    add_closure,
    checked_hours,
    register_office,
    remove_closure,
)
from miteinander.community.actions.organisations import (
    OrganisationDetails,
    change_organisation,
    register_organisation,
)
from miteinander.community.actions.pages import (
    edit_page,
    publish_page,
    restore_page,
    take_back_page,
    write_page,
)
from miteinander.community.actions.people import (
    change_person,
    forget_person,
    invite_person,
    register_person,
)
from miteinander.community.actions.perspectives import (
    change_perspective,
    name_perspective,
    retire_perspective,
    take_up_perspective,
)
from miteinander.community.actions.pictures import (
    describe_picture,
    receive_picture,
    remove_picture,
    set_appearance,
    set_crest,
)
from miteinander.community.actions.reading_offers import (
    OfferRow,
    PlannedOffer,
    planned,
    take_offers,
)
from miteinander.community.actions.seats import (
    change_seat,
    create_seat,
    fill_seat,
    hand_over,
    note_absence,
)
from miteinander.community.actions.words import translate

__all__ = [
    "OfferDetails",
    "OfferRow",
    "OrganisationDetails",
    "PlannedOffer",
    "add_closure",
    "allowed_for",
    "appoint_coordinator",
    "change_body",
    "change_offer",
    "change_organisation",
    "change_person",
    "change_perspective",
    "change_seat",
    "checked_columns",
    "checked_hours",
    "choose_characteristics",
    "choose_columns",
    "choose_news_picture",
    "choose_sheet",
    "create_seat",
    "decide",
    "decide_all",
    "describe_picture",
    "describe_self",
    "drop_import",
    "drop_mail_text",
    "drop_old_figures",
    "drop_target",
    "edit_news",
    "edit_page",
    "end_offer",
    "end_organisation",
    "erase_self_description",
    "fill_seat",
    "finish_import",
    "forget_person",
    "form_body",
    "found_municipality",
    "give_consent",
    "hand_over",
    "hand_to_worker",
    "invite_person",
    "keep_figures",
    "keep_preview",
    "let_appear",
    "make_offer",
    "name_perspective",
    "note_absence",
    "planned",
    "publish_news",
    "publish_page",
    "receive_list",
    "receive_picture",
    "refuse_list",
    "register_office",
    "register_organisation",
    "register_person",
    "remove_closure",
    "remove_picture",
    "restore_news",
    "restore_page",
    "resume_offer",
    "resume_organisation",
    "retire_news",
    "retire_perspective",
    "schedule_news",
    "set_appearance",
    "set_crest",
    "set_municipality",
    "set_target",
    "sweep_imports",
    "take_back_news",
    "take_back_page",
    "take_offers",
    "take_over",
    "take_up_perspective",
    "translate",
    "withdraw_consent",
    "write_mail_text",
    "write_news",
    "write_page",
]
