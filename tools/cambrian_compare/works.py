"""The works that both programs do: what cambrian_bench calls them, and what pyribs_side.py is told."""

from dataclasses import dataclass, field


@dataclass
class Work:
    name: str  # for --only
    title: str
    benchmark: str  # of cambrian_bench, the whole name
    unit: str
    amount: float  # units an iteration of that benchmark does
    pyribs: list = field(default_factory=list)  # arguments of pyribs_side.py


BATCH = 540
STEPS = 2_000
EMITTER_STEPS = 400


def sphere(n, cells):
    return Work(f"sphere_{n}_{cells}", f"sphere, n = {n}, {cells}x{cells} cells",
                f"sphere_loop/n:{n}/cells:{cells}/batch:{BATCH}/workers:1/iterations:{STEPS}/real_time",
                "evaluations/s", BATCH, ["sphere", str(n), str(cells), str(BATCH), str(STEPS)])


def emitters(name, title, n, theirs):
    return Work(f"{name}_{n}", f"{title}, n = {n}", f"emitter_loop/{name}/n:{n}/iterations:{EMITTER_STEPS}/real_time",
                "evaluations/s", BATCH, ["emitters", theirs, str(n), str(EMITTER_STEPS)])


WORKS = [
    sphere(20, 100),
    sphere(100, 100),
    sphere(20, 500),
    sphere(20, 1000),
    Work("cvt_loop", "sphere, n = 20, CVT of 10,000 cells", "cvt_loop/iterations:2000/real_time", "evaluations/s", BATCH,
         ["cvt_loop", "20", "10000", str(BATCH), str(STEPS)]),
    *(emitters(name, title, n, theirs) for name, title, theirs in (
        ("cma_me", "CMA-ME, 15 x 36", "cma_me"), ("cma_me_cholesky", "CMA-ME, Cholesky form", "cma_me"),
        ("cma_mae", "CMA-MAE, 15 x 36", "cma_mae")) for n in (20, 100)),
    *(Work(f"cvt_{d}", f"CVT of 10,000 cells, {d} dimensions, insertion", f"cvt_insertion/dimensions:{d}/iterations:50/real_time",
           "offers/s", 1_000, ["cvt", str(d), "10000"]) for d in (2, 10)),
    Work("novelty", "novelty, 100,000 to 120,000 points", "growing_novelty/real_time", "steps/s", 625, ["novelty"]),
]


def chosen(names):
    """The works of these names, all without any. Raises KeyError for a name that is none."""
    known = {work.name: work for work in WORKS}
    return [known[name] for name in names] if names else WORKS
