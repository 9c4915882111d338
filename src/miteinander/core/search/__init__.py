"""Search over everything public: words in, things out, alike on both databases.

`words` knows no database: it turns texts into tokens, made of the words and stems that
`miteinander.analysis.tokens` finds. `keep` writes them beside each thing in the transaction that
changes it, `find` asks for them, and `matching` is the only place that knows how the two databases
look a token up. See docs/decisions/0055-search-by-our-own-tokens.md.
"""
