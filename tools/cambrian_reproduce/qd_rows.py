"""What tools/reproduce qd runs: algorithms on linear projections and the arm (n = 100), and novelty on Kheperax; with what was
published of them."""

from dataclasses import dataclass, field

FULL = 5_400_000
KHEPERAX = 225_000

FUNCTIONS = {
    "sphere": '[environment]\nname = "sphere"\ndimensions = 100\n',
    "rastrigin": '[environment]\nname = "rastrigin"\ndimensions = 100\n',
    "plateau": '[environment]\nname = "plateau"\ndimensions = 100\n',
    "arm": '[environment]\nname = "planar_arm"\nform = "fontaine_2023"\njoints = 100\n',
}


@dataclass
class Row:
    title: str
    experiment: str  # stem of a file in data/experiments
    settings: list = field(default_factory=list)  # as --set takes them
    arm: list = field(default_factory=list)  # the same on the arm alone, whose steps are smaller
    published: dict = field(default_factory=dict)  # function: (QD score, coverage in percent)
    barred: bool = False  # whether it must come within 3 and 4 points of what was published


# Fontaine & Nikolaidis 2023, the table of their released code.
ROWS = [
    Row("MAP-Elites", "sphere_100_map_elites_gaussian", arm=["variation.sigma=0.1"],
        published={"sphere": (41.64, 50.80), "rastrigin": (31.43, 47.88)}, barred=True),
    Row("MAP-Elites (line)", "sphere_100_map_elites", arm=["variation.iso=0.1"],
        published={"sphere": (49.07, 60.42), "rastrigin": (38.29, 56.51)}, barred=True),
    Row("CMA-ME, as published", "sphere_100_cma_me", ["algorithm.emitters.0.preset=cma_me_basic"],
        arm=["algorithm.emitters.0.sigma0=0.1"],
        published={"sphere": (36.50, 42.82), "rastrigin": (38.02, 53.09)}, barred=True),
    Row("CMA-ME, textbook", "sphere_100_cma_me", arm=["algorithm.emitters.0.sigma0=0.1"]),
    Row("CMA-MAE, as published", "sphere_100_cma_mae",
        ["algorithm.emitters.0.update=as_published", "archive.preset=as_published"],
        arm=["algorithm.emitters.0.sigma0=0.1"],
        published={"sphere": (64.86, 83.31), "rastrigin": (52.65, 80.46)}, barred=True),
    Row("CMA-MAE, textbook", "sphere_100_cma_mae", arm=["algorithm.emitters.0.sigma0=0.1"]),
]

MAZE_ROWS = [
    Row("novelty search (CMA-ES)", "kheperax_novelty_search", published={"kheperax": (None, 77.8)}),
    Row("dominated novelty search", "kheperax_dominated_novelty"),
    Row("novelty search with local competition", "kheperax_nslc"),
]
MAZE_BAR = 75.0  # percent of the cells, the mean of 3 seeds, of the first of these rows
