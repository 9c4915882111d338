"""Small elections for the tests of the balanced choice, written as files are."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from miteinander.analysis.budget import election_from


def pb(budget, projects, votes, *, vote_type="approval", points=None, more=""):
    """The text of a Pabulib file: projects {id: cost}, votes [[ids] …], points beside them."""
    head = f"META\nkey;value\nbudget;{budget}\nvote_type;{vote_type}\n{more}PROJECTS\n"
    rows = "".join(f"{p};{cost}\n" for p, cost in projects.items())
    columns = "voter_id;vote" + (";points" if points else "")
    ballots = "".join(
        f"v{n};{','.join(vote)}" + (f";{','.join(map(str, points[n]))}" if points else "") + "\n"
        for n, vote in enumerate(votes)
    )
    return f"{head}project_id;cost\n{rows}VOTES\n{columns}\n{ballots}"


def election(*arguments, **more):
    return election_from(pb(*arguments, **more).encode(), name="small.pb")


def naive(budget, projects, ballots, *, utility, share=None, priority=None):
    """Equal Shares as in the textbook: a dictionary of fractions, every voter for themselves.

    `ballots` is [{project: points}]; returns the order of purchase and the money left.
    """
    money = [Fraction(budget) / len(ballots) if share is None else share for _ in ballots]
    order = []
    names = priority or list(projects)
    while True:
        best = None
        for p in names:
            backers = [i for i, b in enumerate(ballots) if b.get(p, 0) > 0]
            if p in order or not backers or sum(money[i] for i in backers) < projects[p]:
                continue
            worth = {i: Fraction(ballots[i][p]) for i in backers}
            if utility == "cost" and projects[p]:
                worth = {i: w * projects[p] for i, w in worth.items()}
            left, rich = Fraction(projects[p]), sorted(backers, key=lambda i: money[i] / worth[i])
            rho = Fraction(0)
            while rich:
                rho = left / sum(worth[i] for i in rich)
                if money[rich[0]] >= rho * worth[rich[0]]:
                    break
                left -= money[rich.pop(0)]
            if best is None or rho < best[0]:
                best = (rho, p, worth)
        if best is None:
            return order, money
        rho, p, worth = best
        for i, w in worth.items():
            money[i] -= min(money[i], rho * w)
        order.append(p)


@st.composite
def cases(draw, *, scored=None, most_projects=6, most_voters=9):
    """(budget, {project: cost}, [{project: points}]) with many ties and many poor."""
    count = draw(st.integers(1, most_projects))
    costs = draw(st.lists(st.integers(1, 12), min_size=count, max_size=count))
    projects = {f"p{n}": cost for n, cost in enumerate(costs)}
    scored = draw(st.booleans()) if scored is None else scored
    point = st.integers(1, 4) if scored else st.just(1)
    ballot = st.dictionaries(st.sampled_from(sorted(projects)), point, max_size=count)
    ballots = draw(st.lists(ballot, min_size=1, max_size=most_voters))
    budget = draw(st.integers(0, 30))
    return budget, projects, ballots


def as_election(budget, projects, ballots):
    votes = [list(ballot) for ballot in ballots]
    if all(set(ballot.values()) <= {1} for ballot in ballots):
        return election(budget, projects, votes)
    points = [list(ballot.values()) for ballot in ballots]
    return election(budget, projects, votes, vote_type="scoring", points=points)
