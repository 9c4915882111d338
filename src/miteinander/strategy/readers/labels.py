"""What concepts call things: the words before values, over columns and before headings."""

from __future__ import annotations

import re
from typing import NamedTuple

from miteinander.community.readers.names import folded

_WORDS = {
    "field": """handlungsfeld|handlungsfelder|themenfeld|handlungsbereich|feld|bereich
        |handlungsfeld nr und titel|field of action""",
    "guiding_goal": "leitziel|leitziele|oberziel|uebergeordnetes ziel|strategisches ziel|vision",
    "scope": "worum es geht|gegenstand|abgrenzung|definition|einleitung zum handlungsfeld",
    "goal": """ziel|ziele|teilziel|teilziele|handlungsziel|handlungsziele|zielsetzung|unterziel
        |zugehoeriges ziel|operatives ziel|goal""",
    "measure": """massnahme|massnahmen|massnahmentitel|titel|titel der massnahme|name der massnahme
        |bezeichnung|projekt|projekttitel|einzelmassnahme|angebot|vorhaben|measure|titel massnahme
        |massnahme projekt""",
    "number": "nr|nummer|lfd nr|laufende nummer|nr der massnahme|massnahmennummer|massnahme nr|no",
    "summary": "kurzbeschreibung|in einem satz|auf einen blick|kurz gesagt|kurzfassung",
    "text": """beschreibung|inhalt|inhalte|kurze beschreibung|beschreibung der massnahme
        |massnahmenbeschreibung|erlaeuterung|was wird getan|was|konzept|inhalt der massnahme
        |inhaltliche beschreibung|description""",
    "first_steps": """erste schritte|naechste schritte|umsetzungsschritte|handlungsschritte
        |arbeitsschritte|schritte|meilensteine|vorgehen|first steps|teilschritte""",
    "target_groups": """zielgruppe|zielgruppen|fuer wen|adressaten|zielgruppe n|target group
        |target groups""",
    "lead": """federfuehrung|zustaendig|zustaendigkeit|zustaendigkeiten|verantwortlich
        |verantwortung|verantwortliche|verantwortliche stelle|zustaendige stelle|hauptverantwortlich
        |federfuehrend|traeger|wer|koordination|lead|federfuehrung verantwortlich""",
    "partners": """partner|kooperationspartner|kooperationspartner innen|kooperation|beteiligte
        |beteiligte akteure|mitwirkende|mitwirkung|akteure|weitere beteiligte|partners
        |kooperationspartnerinnen|kooperationen|zu beteiligen|in kooperation mit|mit wem
        |kooperationspartner in|netzwerkpartner""",
    "period": """zeitraum|zeit|zeitplan|zeitrahmen|zeithorizont|umsetzungszeitraum|laufzeit|termin
        |umsetzung|umsetzung bis|wann|bis wann|zeitliche umsetzung|zeitschiene|beginn und ende
        |period|zeitplanung|frist|zeitraum der umsetzung""",
    "starts": "beginn|von|ab|start|ab wann|anfang|zeit von|zeitraum von|starts",
    "ends": "ende|bis|abschluss|zeit bis|zeitraum bis|fertig bis|ends",
    "horizon": "zeitstufe|fristigkeit|umsetzungshorizont|horizont",
    "cost": """kosten|kostenschaetzung|geschaetzte kosten|budget|finanzbedarf|mittelbedarf|aufwand
        |finanzieller aufwand|ressourcen|finanzielle ressourcen|kosten in euro|kosten euro|cost
        |finanzmittel|sachkosten|kosten eur""",
    "cost_once": """einmalige kosten|kosten einmalig|einmalig|investition|investitionskosten
        |anschaffungskosten""",
    "cost_yearly": """jaehrliche kosten|laufende kosten|kosten jaehrlich|kosten pro jahr|jaehrlich
        |kosten im jahr|folgekosten|kosten p a""",
    "funding": """finanzierung|finanzierungsquelle|foerderung|foerdermittel|mittelherkunft
        |haushalt|haushaltsstelle|kostentraeger|finanzierung durch|finanzierungsmoeglichkeiten
        |funding""",
    "staff_need": """personalbedarf|personal|stellen|stellenbedarf|personalaufwand
        |personelle ressourcen|vzae|staff""",
    "novelty": "neu oder bestehend|art der massnahme|neu fortfuehrung|neu bestehend|massnahmenart",
    "neighbourhoods": "stadtteil|stadtteile|ort|sozialraum|quartier|quartiere|wo|raeumlicher bezug",
    "risks": """risiken|hindernisse|risiken und abhaengigkeiten|herausforderungen|stolpersteine
        |hemmnisse|risiken und hemmnisse""",
    "indicator": """indikator|indikatoren|messgroesse|erfolgsindikator|erfolgsindikatoren|kennzahl
        |kennzahlen|erfolgskriterien|evaluation|woran erkennen wir den erfolg|indicator
        |erfolgsmessung|zielindikator|messkriterien""",
    "priority": "prioritaet|prioritaeten|prio|priorisierung|dringlichkeit|priority",
    "themes": """querschnittsthema|querschnittsthemen|querschnittsziel|querschnittsziele
        |querschnitt""",
    "need": """bedarf|ausgangslage|ausgangssituation|problem|handlungsbedarf|begruendung
        |bedarfslage|anlass|hintergrund|ist stand|situation""",
    "evidence": "belege|beleg|datengrundlage|quelle|quellen|nachweis des bedarfs",
    "note": "anmerkung|anmerkungen|bemerkung|bemerkungen|hinweis|hinweise|sonstiges|notiz|notizen",
}
_EXACT = {
    " ".join(word.split()): name for name, words in _WORDS.items() for word in words.split("|")
}
_ROLE = re.compile(
    r"""^\s*(?:
    (?P<field>handlungsfeld|themenfeld|handlungsbereich|hf(?=\s*\d))
    |(?P<guiding_goal>leitziel|oberziel|übergeordnetes\s+ziel)
    |(?P<goal>(?:teil|handlungs|unter)?ziel|strategisches\s+ziel|operatives\s+ziel|z(?=\s*\d))
    |(?P<measure>(?:einzel)?ma(?:ß|ss)nahme|projekt|m(?=\s*\d))
    )(?![a-zäöüß])\s*(?:nr\.?\s*)?(?P<number>(?:[A-Z]\.?)?\d+(?:\.\d+)*|[IVX]+\b|[A-Z]\b(?=\s*[:.)–-]))?
    \s*[.)]?\s*(?P<mark>[:–—|-])?\s*(?P<rest>.*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(
    r"^\s*(?P<number>(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3}){0,4}|[A-Z]\d+(?:\.\d+)*|[IVX]{1,5}(?=\.))"
    r"[.)]?(?:\s*[:–—]\s*|\s+)(?P<rest>\S.*)$",
    re.DOTALL,
)
_AREA = re.compile(
    r"^(?:(?:die|unsere)\s+)?(?:handlungsfelder|handlungsbereiche|ma(?:ß|ss)nahmenkatalog|"
    r"ma(?:ß|ss)nahmenplan|ziele\s+und\s+ma(?:ß|ss)nahmen|"
    r"handlungsfelder,?\s+(?:ziele\s+)?und\s+ma(?:ß|ss)nahmen|aktionsplan|handlungskonzept)"
    r"(?:\s+im\s+(?:detail|einzelnen|überblick))?"
    r"(?:\s+und\s+ma(?:ß|ss)nahmen)?\s*$",
    re.IGNORECASE,
)
LONGEST_LABEL = 60


class Named(NamedTuple):
    """A line that says by its first word what it is: “Ziel 2: …”."""

    role: str
    number: str
    title: str


def meaning_of(label: str) -> str:
    """What a label says, or “” where it says nothing we know; “Zeit › bis” asks the whole first."""
    if len(label) > 2 * LONGEST_LABEL:
        return ""
    whole = key_of(label)
    if whole in _EXACT:
        return _EXACT[whole]
    above, parted, own = label.partition(" › ")
    return (_EXACT.get(key_of(own)) or _EXACT.get(key_of(above)) or "") if parted else ""


def key_of(label: str) -> str:
    """A label in the form in which labels are compared: small letters, no signs, no brackets."""
    bare = re.sub(r"\([^)]*\)", " ", label.replace("›", " "))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded(bare)).split())


def named_in(line: str) -> Named | None:
    """What a line calls itself, if it is “Ziel 1: …” or alike: a word, a number or a colon."""
    found = _ROLE.match(line)
    if found is None or found["rest"] is None:
        return None
    role = next(name for name in ("field", "guiding_goal", "goal", "measure") if found[name])
    number, rest = found["number"] or "", found["rest"].strip()
    word = found[role]
    if not number and not found["mark"]:
        # “Handlungsfeld Arbeit” names one; “Zielgruppen” and “Ziel ist es …” do not.
        after = line.strip()[len(word) :]
        if role != "field" or not after.startswith(" ") or not rest or len(rest) > 80:
            return None
    if number and not found["mark"] and rest and rest[0].islower():
        return None  # “Maßnahme 2 wird verschoben” speaks of one
    return Named(role, number, rest)


def numbered(line: str) -> tuple[str, str]:
    """A typed number and what follows: “2.4 Sprachcafé” → (“2.4”, “Sprachcafé”)."""
    found = _NUMBER.match(line)
    return (found["number"], found["rest"].strip()) if found else ("", line.strip())


def is_area(heading: str) -> bool:
    """Whether a heading stands over all fields: “Handlungsfelder im Detail”."""
    return bool(_AREA.match(numbered(heading)[1]))


def labelled(line: str) -> tuple[str, str]:
    """A line that begins with a label and a colon: (“Kosten”, “5.000 €”); else (“”, line)."""
    label, colon, said = line.partition(":")
    if colon and 0 < len(label.strip()) <= LONGEST_LABEL and "\n" not in label:
        return label.strip(), said.strip()
    return "", line
