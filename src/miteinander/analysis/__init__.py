"""The analysis: votes, wishes, budgets and texts become findings one may rely on.

Plain Python over NumPy and SciPy, without Django and without anything else of ours, so that
anybody with a file can use it (`miteinander opinion …`) and anybody with doubts can check it.
Every method has a page in `docs/methods/` and a function `sentences` that says its result in
German or English. No method knows another one; what all of them need lies beside this text:

    text      sentences in two languages, numbers as people write them
    errors    the one refusal: what is wrong, where, what to do
    files     tables from CSV files as people have them
    privacy   the one threshold below which a number is withheld
    ranking   places with shared ranks: a tie is named, never broken
    tokens    words and pieces of words, shared with the search
    grams     texts as vectors of character n-grams
"""
