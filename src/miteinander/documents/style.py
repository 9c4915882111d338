"""The style of the reading edition that people keep: calm, printable, light and dark."""

STYLE = """\
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #12292e; --soft: #4a5c60; --rule: #d5cfc2; --sand: #f6f2ea;
  --dissent: #7a2e63; --link: var(--accent);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0c1d21; --ink: #eff4f1; --soft: #b0c2c2; --rule: #34494e; --sand: #132b31;
    --dissent: #e5a3d0; --link: #8bc3bf;
  }
}
* { box-sizing: border-box }
html { background: var(--paper); color: var(--ink) }
body {
  margin: 0; font: 1.0625rem/1.6 "Fira Sans", "Segoe UI", system-ui, sans-serif;
  overflow-wrap: break-word; hyphens: auto;
}
main { max-width: 46rem; margin-inline: auto; padding: 3rem 1.25rem 5rem }
header { border-block-end: 3px solid var(--link); padding-block-end: 1.5rem; margin: 0 0 2rem }
.crest { max-block-size: 5rem; max-inline-size: 12rem }
h1, h2, h3, h4, h5, h6, [role=heading] {
  line-height: 1.25; text-wrap: balance; break-after: avoid; hyphens: manual;
}
h1 { font-size: 2.25rem; margin: 1rem 0 .5rem }
h2 { font-size: 1.625rem; margin: 3rem 0 1rem; color: var(--link) }
h3 { font-size: 1.3125rem; margin: 2.25rem 0 .75rem }
h4, h5, h6, [role=heading] { font-size: 1.0625rem; font-weight: 600; margin: 1.75rem 0 .5rem }
.number { color: var(--link); font-variant-numeric: tabular-nums; margin-inline-end: .35em }
p, ul, ol, dl, figure, .scroll, .remark, blockquote { margin: 0 0 1rem }
li > ul, li > ol { margin: .25rem 0 }
a { color: var(--link); text-underline-offset: .15em }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.subtitle { font-size: 1.3125rem; color: var(--soft) }
.imprint p { margin: 0; color: var(--soft); font-size: .9375rem }
.lead { font-size: 1.25rem; line-height: 1.45 }
.tag {
  font-size: .8125rem; font-weight: 400; border: 1px solid; border-radius: 1rem;
  padding: .1em .6em; color: var(--soft); white-space: nowrap; vertical-align: .15em;
}
nav ol { list-style: none; padding-inline-start: 1.25rem; margin: 0 }
nav > ol { padding: 0 }
nav > ol > li { margin-block: .5rem; font-weight: 600 }
nav li li { font-weight: 400 }
.facts { border-block-start: 1px solid var(--rule) }
.facts > div {
  display: grid; grid-template-columns: minmax(8rem, 30%) 1fr; gap: 0 1rem;
  border-block-end: 1px solid var(--rule); padding: .4rem 0;
}
dt { color: var(--soft) }
dd { margin: 0 }
@media (max-width: 30rem) { .facts > div { grid-template-columns: 1fr } }
.scroll { overflow-x: auto }
table { border-collapse: collapse; inline-size: 100%; font-size: .9375rem; hyphens: manual }
caption { text-align: start; font-weight: 600; padding-block-end: .5rem }
th, td { text-align: start; vertical-align: top; padding: .45rem .75rem .45rem 0 }
thead th { border-block-end: 2px solid var(--link) }
tbody th { font-weight: 400 }
tbody tr { border-block-end: 1px solid var(--rule); break-inside: avoid }
.num { text-align: end; font-variant-numeric: tabular-nums }
.middle { text-align: center }
.remark {
  border-inline-start: 4px solid var(--link); background: var(--sand); padding: .75rem 1rem;
  break-inside: avoid;
}
.remark.objection { border-color: var(--dissent) }
.remark > :last-child, blockquote > :last-child { margin-block-end: 0 }
blockquote { border-inline-start: 4px solid var(--rule); padding-inline-start: 1rem }
img { max-inline-size: 100%; block-size: auto }
figcaption { color: var(--soft); font-size: .9375rem }
@media print {
  @page { margin: 25mm 22mm }
  html { background: none; color: #000; font-size: 10pt }
  main { max-width: none; padding: 0 }
  thead { display: table-header-group }
  .scroll { overflow: visible }
  .sheet { break-inside: avoid }
  .part { break-before: page }
  nav { break-after: page }
}
"""
