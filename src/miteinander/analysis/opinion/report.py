"""The report: one HTML file to keep, to print and to show around; nothing is fetched from anywhere.

It reads from top to bottom like a conversation: what unites, who differs in what, where opinions
part, what is still open, how sure all this is. Every drawing has its table, every table its words.
"""

from __future__ import annotations

from html import escape
from math import isnan
from typing import TYPE_CHECKING

from miteinander.analysis.opinion.drawing import drawing
from miteinander.analysis.opinion.findings import Findings, findings
from miteinander.analysis.opinion.sentences import READING, sentences
from miteinander.analysis.text import Text, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from miteinander.analysis.opinion.result import OpinionMap

TITLE = Text("Meinungskarte", "Opinion map")
HEADINGS = {
    "glance": Text("Auf einen Blick", "At a glance"),
    "picture": Text("Das Bild", "The picture"),
    "uniting": Text("Was verbindet", "What unites"),
    "distinguishing": Text("Was unterscheidet", "What distinguishes"),
    "dividing": Text("Wo die Meinungen auseinandergehen", "Where opinions part"),
    "readings": Text("Wie man zählt", "How one counts"),
    "open": Text("Was noch offen ist", "What is still open"),
    "all": Text("Alle Thesen", "All statements"),
    "method": Text("Wie das gerechnet ist", "How this was computed"),
}
WORDS = {
    "statement": Text("These", "Statement"),
    "agree": Text("stimmen zu", "agree"),
    "disagree": Text("lehnen ab", "disagree"),
    "pass": Text("enthalten sich", "pass"),
    "seen": Text("haben abgestimmt", "voted"),
    "least": Text("in jeder Gruppe mindestens", "in every group at least"),
    "everybody": Text("insgesamt mindestens", "in all at least"),
    "direction": Text("Richtung", "Direction"),
    "here": Text("hier", "here"),
    "elsewhere": Text("sonst", "elsewhere"),
    "people": Text("nach Menschen", "by people"),
    "group": Text("Gruppe", "Group"),
    "size": Text("Menschen", "People"),
    "withheld": Text("zu wenige", "too few"),
}
PICTURE = Text(
    "Jedes Zeichen steht für Menschen, die ähnlich abgestimmt haben; je größer, desto mehr "
    "Menschen. Wer nah beieinandersteht, hat ähnlich geantwortet. Die Richtungen selbst bedeuten "
    "nichts: rechts und links sind nicht politisch. Das Bild zeigt {share} der Unterschiede.",
    "Each mark stands for people who voted alike; the larger it is, the more people. Who stands "
    "close together answered alike. The directions themselves mean nothing: right and left are not "
    "political. The picture shows {share} of the differences.",
)
METHOD = [
    Text(
        "Die Karte legt Menschen mit ähnlichen Stimmen nebeneinander (Hauptkomponenten der "
        "abgegebenen Stimmen; was jemand nicht gesehen hat, zählt nicht). Gruppen entstehen aus "
        "der Nähe auf der Karte; keine ist kleiner als {threshold} Menschen.",
        "The map puts people with similar votes side by side (principal components of the votes "
        "that were cast; what somebody has not seen does not count). Groups come from nearness on "
        "the map; none is smaller than {threshold} people.",
    ),
    Text(
        "Anteile sind vorsichtig gerechnet: (Zustimmungen + 1) / (Stimmen + 2). Was als "
        "unterscheidend gilt, hat eine Prüfung gegen den Zufall über alle Thesen bestanden.",
        "Shares are computed with caution: (agreeing + 1) / (votes + 2). What is called "
        "distinctive has passed a test against chance over all statements.",
    ),
    Text(
        "Eine Karte zeigt, wer abgestimmt hat, nicht die Bevölkerung. Sie ist ein Anlass zum "
        "Reden, keine Abstimmung.",
        "A map shows who has voted, not the population. It is an occasion to talk, not a ballot.",
    ),
]
LONG_LIST = 12
"""Rows that are open from the start; the rest is folded away, and printed all the same."""
STYLE = """
:root { color-scheme: light dark; --paper: #fbf7ef; --ink: #16282b; --quiet: #4d5f61;
  --rule: #d8d2c4; --card: #fff; --g0: #0d5560; --g1: #b5472f; --g2: #6a4a96; --g3: #8a6100;
  --g4: #2f6b34; --none: #7c8788; --bar: #cfe3e4; --focus: #0a5bd3; }
@media (prefers-color-scheme: dark) { :root { --paper: #0d1c1f; --ink: #eef3f1; --quiet: #a9bab9;
  --rule: #2f4447; --card: #14282b; --g0: #7fc7d1; --g1: #f0957d; --g2: #c3a5ee; --g3: #e5bd58;
  --g4: #8fcf94; --none: #93a2a2; --bar: #234448; --focus: #9cc4ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 "Fira Sans", system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-inline-size: 62rem; margin-inline: auto; padding: 1.5rem 1rem 4rem; }
figure { margin: 0; }
h1 { font-size: clamp(1.8rem, 6vw, 2.75rem); line-height: 1.1; margin: 0 0 .5rem; }
h2 { font-size: 1.45rem; line-height: 1.2; margin: 2.75rem 0 .75rem; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
p, .said { max-inline-size: 44rem; }
.lead { font-size: 1.2rem; color: var(--quiet); margin-block: 0 1rem; }
.said { padding-inline-start: 1.2rem; } .said li { margin-block: .5rem; }
.map { display: block; inline-size: 100%; block-size: auto; background: var(--card);
  border: 1px solid var(--rule); border-radius: .5rem; }
.axes { stroke: var(--rule); fill: none; }
.name { font: 600 26px "Fira Sans", system-ui, sans-serif; fill: var(--ink); stroke: var(--card);
  stroke-width: 5px; paint-order: stroke; }
.g-1 { fill: none; stroke: var(--none); stroke-width: 1.2; opacity: .7; }
.g0 { fill: var(--g0); } .g1 { fill: var(--g1); } .g2 { fill: var(--g2); } .g3 { fill: var(--g3); }
.g4 { fill: var(--g4); } .map [class^="g"]:not(.g-1) { opacity: .72; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0;
  margin: .75rem 0; } .key { inline-size: 1.2em; block-size: 1.2em; vertical-align: -.2em;
  margin-inline-end: .35em; } .key .g-1 { opacity: 1; }
.scroll { overflow-x: auto; border-block: 1px solid var(--rule); }
.scroll:focus-visible, summary:focus-visible { outline: 3px solid var(--focus);
  outline-offset: 2px; }
table { border-collapse: collapse; inline-size: 100%; font-size: .96rem; }
caption { text-align: start; color: var(--quiet); padding-block: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0;
  border-block-start: 1px solid var(--rule); overflow-wrap: break-word; }
thead th { border: 0; font-weight: 600; color: var(--quiet); hyphens: auto; }
tbody th { font-weight: 400; min-inline-size: 12rem; }
td { font-variant-numeric: tabular-nums; min-inline-size: 4.5rem; white-space: nowrap; }
.bar { display: block; block-size: .35rem; background: linear-gradient(var(--g0), var(--g0))
  no-repeat var(--bar); margin-block-start: .3rem; border-radius: 1rem;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
details { margin-block: .75rem; } summary { cursor: pointer; font-weight: 600; }
footer { margin-block-start: 3rem; color: var(--quiet); font-size: .94rem; }
@media (max-width: 40rem) { table, tbody, tr, th, td { display: block; } thead { display: none; }
  tr { padding-block: .6rem; border-block-start: 1px solid var(--rule); }
  th, td { border: 0; padding: .1rem 0; white-space: normal; }
  td::before { content: attr(data-label) ": "; color: var(--quiet); } }
@media print { :root { --paper: #fff; --card: #fff; } body { font-size: 10pt; }
  details > *, details:not([open]) > :not(summary) { display: block; } tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; } }
@media (forced-colors: active) { .map [class^="g"] { stroke: CanvasText; } }
"""


def report(found: OpinionMap, *, language: str = "de") -> str:
    """The whole report as one HTML page in German or English."""
    said = sentences(found, language)
    noted = findings(found) if len(found.votes) else Findings([], [], [], [])
    parts = [
        f"<h1>{TITLE.spoken(language)}</h1>",
        f'<p class="lead">{escape(said[0])}</p>',
        _section("glance", _sayings(said[1:]), language) if said[1:] else "",
        _section("picture", _picture(found, language), language),
        _section("uniting", _uniting(found, noted, language), language),
        _section("distinguishing", _distinguishing(found, noted, language), language),
        _section("dividing", _dividing(found, noted, language), language),
        _section("readings", _readings(found, language), language),
        _section("open", _open(found, noted, language), language),
        _section("all", _all(found, language), language),
        _section("method", _method(found, language), language),
    ]
    return (
        f'<!doctype html>\n<html lang="{language[:2]}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{TITLE.spoken(language)}</title>\n<style>{STYLE}</style></head>\n"
        f"<body><main>\n{chr(10).join(part for part in parts if part)}\n</main></body>\n</html>\n"
    )


def _section(key: str, body: str, language: str) -> str:
    if not body:
        return ""
    heading = f'<h2 id="{key}">{HEADINGS[key].spoken(language)}</h2>'
    return f'<section aria-labelledby="{key}">{heading}{body}</section>'


def _sayings(said: Iterable[str]) -> str:
    return f'<ul class="said">{"".join(f"<li>{escape(each)}</li>" for each in said)}</ul>'


def _picture(found: OpinionMap, language: str) -> str:
    words = PICTURE.filled(
        share=Text(*(percent(sum(found.picture.explained), each) for each in ("de", "en")))
    ).spoken(language)
    drawn = drawing(found, title=TITLE.spoken(language), description=words, language=language)
    return f"<p>{escape(words)}</p><figure>{drawn}</figure>" if drawn else ""


def _uniting(found: OpinionMap, noted: Findings, language: str) -> str:
    head = "least" if found.k > 1 else "everybody"
    return _table(
        [
            [_name(found, row), _word("agree" if agrees else "disagree", language),
             _share(share, language)]
            for row, share, agrees in noted.uniting
        ],
        [_word("statement", language), _word("direction", language), _word(head, language)],
        label=HEADINGS["uniting"].spoken(language),
        language=language,
    )  # fmt: skip


def _distinguishing(found: OpinionMap, noted: Findings, language: str) -> str:
    told = []
    for at, rows in noted.distinguishing:
        name = escape(found.names[at])
        heading = name if found.is_given else f"{_word('group', language)} {name}"
        told.append(f"<h3>{heading}</h3>")
        told.append(
            _table(
                [
                    [_name(found, row), _word("agree" if agrees else "disagree", language),
                     _share(share, language), _share(others, language)]
                    for row, share, others, agrees in rows
                ],
                [_word(each, language) for each in ("statement", "direction", "here", "elsewhere")],
                label=heading,
                language=language,
            )
        )  # fmt: skip
    return "".join(told)


def _dividing(found: OpinionMap, noted: Findings, language: str) -> str:
    return _table(
        [
            [_name(found, row), _share(agree, language), _share(disagree, language)]
            for row, agree, disagree in noted.dividing
        ],
        [_word(each, language) for each in ("statement", "agree", "disagree")],
        label=HEADINGS["dividing"].spoken(language),
        language=language,
    )


def _readings(found: OpinionMap, language: str) -> str:
    if len(found.readings) < 2:
        return ""
    heads = [_word("statement", language)] + [
        _word("people", language) if each.name == "people" else READING[each.name].spoken(language)
        for each in found.readings
    ]
    rows = [
        [_name(found, row), *(_share(float(each.agree[row]), language) for each in found.readings)]
        for row in range(len(found.votes.statements))
    ]
    return _table(rows, heads, label=HEADINGS["readings"].spoken(language), language=language)


def _open(found: OpinionMap, noted: Findings, language: str) -> str:
    seen = found.votes.counts(1) + found.votes.counts(0) + found.votes.counts(-1)
    return _table(
        [[_name(found, row), _count(int(seen[row]), found, language)] for row in noted.uncertain],
        [_word("statement", language), _word("seen", language)],
        label=HEADINGS["open"].spoken(language),
        language=language,
        folded=True,
    )


def _all(found: OpinionMap, language: str) -> str:
    numbers = found.statistics
    agree, disagree, passed = (found.votes.counts(value) for value in (1, -1, 0))
    rows = []
    for row in range(len(found.votes.statements)):
        seen = int(agree[row] + disagree[row] + passed[row])
        cells = [
            _share(float(each[row]) / seen if seen >= found.threshold else float("nan"), language)
            for each in (agree, disagree, passed)
        ]
        groups = [
            _share(
                float(numbers.counts.agree[row, at] / max(numbers.counts.seen[row, at], 1))
                if numbers.is_shown[row, at] and numbers.counts.seen[row, at]
                else float("nan"),
                language,
            )
            for at in range(found.k)
        ]
        rows.append([_name(found, row), _count(seen, found, language), *cells, *groups])
    heads = [_word(each, language) for each in ("statement", "seen", "agree", "disagree", "pass")]
    agree_in = Text("{name} stimmt zu", "{name} agrees")
    heads += [escape(agree_in.filled(name=name).spoken(language)) for name in found.names]
    label = HEADINGS["all"].spoken(language)
    return _table(rows, heads, label=label, language=language, folded=True)


def _method(found: OpinionMap, language: str) -> str:
    words = (each.filled(threshold=found.threshold).spoken(language) for each in METHOD)
    return "".join(f"<p>{escape(each)}</p>" for each in words)


# --- cells ----------------------------------------------------------------------------------------


def _name(found: OpinionMap, row: int) -> str:
    name = found.votes.statements[row]
    text = " ".join(found.votes.texts.get(name, "").split())
    return f'<span dir="auto">{escape(text or name)}</span>'


def _word(key: str, language: str) -> str:
    return escape(WORDS[key].spoken(language))


def _share(share: float, language: str) -> str:
    if isnan(share):  # withheld, or nobody has voted
        return _word("withheld", language)
    width = round(100 * share)
    return (
        f"{escape(percent(share, language))}"
        f'<span class="bar" style="background-size:{width}% 100%"></span>'
    )


def _count(count: int, found: OpinionMap, language: str) -> str:
    if 0 < count < found.threshold:
        return _word("withheld", language)
    return number(count, language)


def _table(
    rows: Sequence[Sequence[str]],
    heads: Sequence[str],
    *,
    label: str,
    language: str,
    folded: bool = False,
) -> str:
    """A table that is a list on a narrow screen; what is long is folded away."""
    if not rows:
        return ""
    opened = [] if folded else rows[:LONG_LIST]
    rest = rows[len(opened) :]
    parts = [_plain_table(opened, heads, label)] if opened else []
    if rest:
        count = number(len(rest), language)
        more = Text(f"Weitere {count} Thesen", f"{count} more statements")
        every = Text(f"Tabelle mit {count} Thesen", f"Table of {count} statements")
        summary = (more if opened else every).spoken(language)
        table = _plain_table(rest, heads, summary)
        parts.append(f"<details><summary>{summary}</summary>{table}</details>")
    return "".join(parts)


def _plain_table(rows: Sequence[Sequence[str]], heads: Sequence[str], label: str) -> str:
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>'
        + "".join(
            f'<td data-label="{name}">{cell}</td>'
            for name, cell in zip(heads[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
