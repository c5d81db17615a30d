"""What is run, and what was published of it."""

from dataclasses import dataclass, field

LEHMAN = "Lehman & Stanley 2011"
# The program published with that paper (novelty-search-cpp), built and run unchanged, fixed seeds.
RERUN = "original program, run again"


@dataclass
class Published:
    who: str
    result: str


@dataclass
class Experiment:
    name: str
    configuration: str  # stem of a file in data/experiments
    title: str
    published: list = field(default_factory=list)
    by_default: bool = True


GROUPS = {
    "Direct NEAT, as published": [
        Experiment("hard_maze_neat_novelty", "hard_maze_neat_novelty", "hard maze, novelty", published=[
            Published(LEHMAN, "39 of 40, mean 35,109"),
            Published(RERUN, "12 of 12, mean 31,182 as shipped"),
            Published(RERUN, "8 of 8, mean 41,216 with its sensor index corrected")]),
        Experiment("hard_maze_neat_objective", "hard_maze_neat_objective", "hard maze, objective", published=[
            Published(LEHMAN, "3 of 40; at random 4 of 40"),
            Published(RERUN, "0 of 8")]),
        Experiment("medium_maze_neat_novelty", "medium_maze_neat_novelty", "medium maze, novelty", published=[
            Published(LEHMAN, "all, mean 18,274 (sd 20,447)")]),
        Experiment("medium_maze_neat_objective", "medium_maze_neat_objective", "medium maze, objective", published=[
            Published(LEHMAN, "mean 56,334")]),
    ],
    "Four ways from genome to brain, hard maze": [
        Experiment("hard_maze_novelty", "hard_maze_novelty", "HyperNEAT, novelty"),
        Experiment("hard_maze_objective", "hard_maze_objective", "HyperNEAT, objective"),
        Experiment("hard_maze_neat_novelty", "hard_maze_neat_novelty", "direct NEAT, novelty"),
        Experiment("hard_maze_neat_objective", "hard_maze_neat_objective", "direct NEAT, objective"),
        Experiment("hard_maze_vector_novelty", "hard_maze_vector_novelty", "weight vector, novelty"),
        Experiment("hard_maze_vector_objective", "hard_maze_vector_objective", "weight vector, objective"),
        Experiment("hard_maze_dct_novelty", "hard_maze_dct_novelty", "DCT coefficients, novelty"),
        Experiment("hard_maze_dct_objective", "hard_maze_dct_objective", "DCT coefficients, objective"),
        Experiment("hard_maze_random", "hard_maze_random", "HyperNEAT, fitness drawn at random", by_default=False),
    ],
    "Where HyperNEAT's sensors sit, hard maze, novelty": [
        Experiment("hard_maze_novelty", "hard_maze_novelty", "around: where they are on the body"),
        Experiment("hard_maze_novelty_shuffled", "hard_maze_novelty_shuffled", "shuffled: the same places, dealt out anew"),
        Experiment("hard_maze_novelty_rows", "hard_maze_novelty_rows", "rows: each kind in a row"),
    ],
}

# What a call may ask for: all tables, or one.
TABLES = {name: [title] for name, title in zip(("neat", "brains", "places"), GROUPS)}
TABLES["maze"] = list(GROUPS)


def chosen(what, only):
    """{group: [experiments]} of a table; of its experiments those that are named, or all that are run by default."""
    groups = {title: GROUPS[title] for title in TABLES[what]}
    known = {e.name for group in groups.values() for e in group}
    for name in only:
        if name not in known:
            raise KeyError(name)
    picked = {title: [e for e in group if (e.name in only if only else e.by_default)] for title, group in groups.items()}
    return {title: group for title, group in picked.items() if group}
