"""Networks that learn in their lifetime beside networks that cannot, in a T-maze whose high reward moves (reference: Soltoggio et
al. 2008; Risi & Stanley 2010)."""

import statistics

from .rank_test import mann_whitney
from .table import Row, Table, solved

BUDGET = 200_000
LIVES = 20  # of other schedules, per solver
OTHER_SCHEDULES = ["environment.jitter=0.45", "environment.jitter_step=1"]
FIXED = ["encoding.learning=none", "encoding.modulation=none"]
SOLTOGGIO = ["environment.preset=soltoggio", "environment.maze=single"]  # what t_maze_plastic is
PTNEAT = ["environment.preset=ptneat"]
PLASTIC = "plastic feed-forward, Soltoggio's rule"


def plastic(title, settings=(), experiment="t_maze_plastic"):
    return Row(title, experiment, list(settings), seeds=20, evaluations=BUDGET)


def rows(settings):
    return [plastic(PLASTIC, settings),
            plastic("fixed feed-forward", [*settings, *FIXED]),
            plastic("fixed recurrent, Elman", [*settings, *FIXED, "encoding.recurrence=elman"]),
            plastic("fixed recurrent, full", [*settings, *FIXED, "encoding.recurrence=full"]),
            plastic("plastic feed-forward, Risi's rule", [*settings, "encoding.preset=ahni_risi"]),
            plastic("plastic feed-forward, ABC without modulation", [*settings, "encoding.modulation=none"]),
            plastic("plastic and Elman, Soltoggio's rule", [*settings, "encoding.recurrence=elman"]),
            plastic("rules painted by DCT, Soltoggio's rule", [*settings, "encoding.name=dct", "encoding.coefficients=60"]),
            plastic("rules painted by a CPPN, ABC with Soltoggio's rule", settings, "t_maze_hyperneat"),
            plastic("rules painted by a CPPN, iterated", settings, "t_maze_iterated_hyperneat"),
            plastic("fixed, painted by a CPPN", [*settings, *FIXED], "t_maze_hyperneat"),
            plastic("fixed recurrent, NEAT", settings or SOLTOGGIO, "t_maze_neat")]


def mean_of(tested, name):
    return statistics.mean(float(row[name]) for row in tested)


def learners(row, outcomes, call):
    """What the best of each run does: as it evolved, with learning frozen, and when the reward moves at other times."""
    frozen = [row for o in outcomes for row in call.evaluate(o.path, settings=["evaluation.learning=false"])]
    other = [row for o in outcomes
             for row in call.evaluate(o.path, "--best", "--repeat", str(LIVES), settings=OTHER_SCHEDULES)]
    return {**solved(row, outcomes, call),
            "best fitness": f"{statistics.mean(o.best for o in outcomes):.3f}",
            "frozen: fitness": f"{mean_of(frozen, 'fitness'):.3f}",
            "frozen: solved": f"{sum(int(row['solved']) for row in frozen)} of {len(outcomes)}",
            "other schedules: share of high rewards": f"{100 * mean_of(other, 'explorer_share'):.1f} %"}


def needed(outcomes):
    return [o.solved_evaluation or o.evaluations for o in outcomes]


def compare(outcomes, call):
    """Plastic networks against each of the fixed ones, whichever way it falls."""
    lines = ["Mann-Whitney, two-sided, on the evaluations that a run needs (an unsolved one: its whole budget):", ""]
    for title, others in outcomes.items():
        if title == PLASTIC or not title.startswith("fixed"):
            continue
        u, p = mann_whitney(needed(outcomes[PLASTIC]), needed(others))
        n, m = len(outcomes[PLASTIC]), len(others)
        which = ("no difference is shown" if p >= 0.05 else
                 "the plastic ones need more" if u > n * m / 2 else "the plastic ones need fewer")
        lines.append(f"- {PLASTIC}, against {title}: U = {u:g} of {n * m}, p = {p:.2g}: {which}.")
    return lines


ABOUT = """A network that does not remember gets the high reward in at most {high} trials of 100, which is a fitness of {fitness} (our
arithmetic). Frozen: the best of each run lives again with the weights of its birth. Other schedules: it lives {lives} times with the
reward moving up to 45 % of a period early or late; the share is of the high rewards that an explorer can get. Activations survive
between trials, so that recurrence may do what plasticity does. {time}"""

TABLES = [
    Table("t_maze", "A single T-maze whose high reward moves three times in 40 trials (Soltoggio's schedule)",
          rows([]), learners, ABOUT.format(high=50, fitness=0.714, lives=LIVES, time="All rows take about 1 hour on two cores."), conclude=compare),
    Table("t_maze_ptneat", "The T-maze of PyTorch-NEAT: 4 lives of 100 trials, one move each",
          rows(PTNEAT), learners, ABOUT.format(high=65, fitness=0.8, lives=LIVES, time="All rows take about 4 hours on two cores."), conclude=compare)]
