"""Bars: how many runs must be solved, and whether they were."""


def solved_runs(outcomes):
    return sum(o.solved_evaluation is not None for o in outcomes)


def bar(title, outcomes, least):
    """Whether at least so many of a row's runs were solved, as a line beneath the table."""
    count, runs = solved_runs(outcomes[title]), len(outcomes[title])
    return f"Bar, {title}: at least {least} of {runs}: {'reached' if count >= least else 'not reached'} ({count})."
