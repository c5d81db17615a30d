"""What an encoding buys: one-gene mutations of the same networks by direct weights, cosine coefficients, shuffled ones, and a CPPN."""

import json
import math
import os
import statistics
import tempfile
from dataclasses import dataclass

import h5py
import numpy as np

from ..runs import RunError
from ..table import markdown
from .cppn import Substrate
from .table import Row, Table
from .trials import Trial, run_trials
from .weight_change import correlation_by_distance, cosine_changes, participation_ratio, steps_of

SIZES = (0.01, 0.03, 0.1, 0.3)  # of the change of the weights, in root mean squares of the weights
COMPARED = 0.1
MUTANTS, QUICK_MUTANTS = 200, 40
RANDOM = 100  # networks, by which distances of ends are measured
LOWEST = 20  # coefficients of a compressed genome
BINS = (0.0, 0.4, 0.8, 1.2, 1.6, 2.0, 3.0)
MAZE = ["environment.maze=mazes/medium_maze.maze"]
NEURONS = ["encoding.hidden_activation=tanh", "encoding.output_activation=tanh"]
DIRECT, NORMAL, DCT, LOW, SHUFFLED, CPPN = ("direct: one weight", "normal noise on all weights", "cosine: one coefficient",
                                            f"cosine: one of the lowest {LOWEST}", f"the same {LOWEST}, shuffled over the weights",
                                            "HyperNEAT: one link of the CPPN")
HIDDEN = ("bipolar_sigmoid", "gaussian", "absolute", "sine")  # what a new node of the CPPN may compute
GROWN = "HyperNEAT: a node or link added to the CPPN"  # changes the weights by as much as it does
ARMS = (DIRECT, NORMAL, DCT, LOW, SHUFFLED, CPPN)
CASES = [*((arm, size) for arm in ARMS for size in SIZES), (GROWN, None)]


@dataclass
class Parent:
    graph: dict
    substrate: Substrate
    weights: np.ndarray
    random: np.random.Generator


@dataclass
class Effect:
    """What the mutants of one parent in one arm at one size are."""
    changes: np.ndarray  # [mutants, weights]
    unreachable: int = 0  # mutations that cannot reach the size, or, where the CPPN grows, that change nothing
    kept: float = 0.0  # share with at least 0.9 of the parent's fitness
    half: float = 0.0
    better: float = 0.0
    solving: float = 0.0
    moved: np.ndarray = None  # [mutants] distance of the end points


def parent_of(call, outcome, first):
    """The CPPN of the best elite, or of the one that was made first, and the weights that it paints; RunError where these are not those of
    the program."""
    which = ["--id", call.rows("query", outcome.path, "--sort", "id", "--limit", "1")[0]["id"]] if first else ["--best"]
    tables = [call.rows("query", outcome.path, *which, "--table", name) for name in ("network/node", "network/edge")]
    with h5py.File(outcome.path, "r") as file:
        kinds = [kind.decode() if isinstance(kind, bytes) else str(kind) for kind in file.attrs["sensor_kinds"]]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cppn.json")
        call.program("export", outcome.path, *which, "-o", path)
        with open(path) as file:
            graph = json.load(file)["graphs"][0]
    substrate = Substrate(tables[0], kinds)
    weights = substrate.weights(*tables)
    if np.abs(substrate.paint(graph)[0] - weights).max() > 1e-4:
        raise RunError(f"{outcome.path}: the weights painted in Python differ from the program's")
    return Parent(graph, substrate, weights, np.random.default_rng(outcome.seed))


def mutants(parent, arm, size, count):
    """Changes of the weights, each of the root mean square `size` times that of the weights, except where the CPPN grows."""
    if arm == GROWN:
        before = parent.substrate.paint(parent.graph)[0]
        changes = np.array([parent.substrate.paint(grown(parent.graph, parent.random))[0] - before for _ in range(count)])
        changing = np.any(changes, axis=1)
        return Effect(changes[changing], int((~changing).sum()))
    n, draw = len(parent.weights), parent.random
    norm = size * np.linalg.norm(parent.weights)
    sign = draw.choice([-1.0, 1.0], count)[:, None]
    if arm == DIRECT:
        return Effect(np.eye(n)[draw.integers(n, size=count)] * sign * norm)
    if arm == NORMAL:
        noise = draw.standard_normal((count, n))
        return Effect(noise / np.linalg.norm(noise, axis=1, keepdims=True) * norm)
    if arm == CPPN:
        return cppn_mutants(parent, norm, count)
    changes, orders = cosine_changes(parent.substrate.shapes())
    if arm != DCT:
        changes = changes[np.argsort(orders, kind="stable")[:LOWEST]]
    if arm == SHUFFLED:
        changes = changes[:, np.random.default_rng(1).permutation(n)]
    return Effect(changes[draw.integers(len(changes), size=count)] * sign * norm)


def cppn_mutants(parent, norm, count):
    """Every enabled link of the CPPN by both signs, those that cannot reach the size counted apart; then drawn from these."""
    reached, missed = [], 0
    for link, edge in enumerate(parent.graph["links"]):
        if not edge["enabled"]:
            continue
        base = parent.substrate.paint(parent.graph)[0]
        for delta in steps_of(lambda deltas, link=link, base=base: parent.substrate.paint(parent.graph, deltas, link) - base, norm):
            if delta is None:
                missed += 1
            else:
                reached.append(parent.substrate.paint(parent.graph, np.array([delta]), link)[0] - base)
    if not reached:
        return Effect(np.zeros((0, len(parent.weights))), missed)
    # A threshold can make a change that jumps over the size: of these, what is more than a quarter too large is discarded, too.
    changes = np.array(reached)
    fitting = np.linalg.norm(changes, axis=1) <= 1.25 * norm
    missed += int((~fitting).sum())
    changes = changes[fitting]
    return Effect(changes[parent.random.integers(len(changes), size=count)] if len(changes) else changes, missed)


def grown(graph, draw):
    """The CPPN with one more node, which splits an enabled link that does not leave the bias, or with one more link that closes no cycle;
    each as likely, so far as the CPPN allows it."""
    nodes, links = graph["nodes"], graph["links"]
    kind = {node["id"]: node["kind"] for node in nodes}
    splittable = [i for i, link in enumerate(links) if link["enabled"] and kind[link["source"]] != "bias"]
    if draw.integers(2) == 0 and splittable:
        at = draw.choice(splittable)
        node = {"id": "new", "kind": "hidden", "activation": draw.choice(HIDDEN), "bias": 0.0}
        into = {**links[at], "target": "new", "weight": 1.0}
        out = {**links[at], "source": "new"}
        return {"nodes": [*nodes, node], "links": [*links[:at], {**links[at], "enabled": False}, *links[at + 1:], into, out]}
    pairs = [(a, b) for a in kind for b in kind if kind[b] in ("hidden", "output") and not reaches(links, b, a)
             and not any((link["source"], link["target"]) == (a, b) for link in links)]
    if not pairs:
        return graph
    source, target = pairs[draw.integers(len(pairs))]
    return {"nodes": nodes, "links": [*links, {"source": source, "target": target, "weight": draw.uniform(-1, 1), "enabled": True}]}


def reaches(links, begin, end):
    """Whether a path of links leads from one node to another, or they are the same."""
    seen, waiting = {begin}, [begin]
    while waiting:
        node = waiting.pop()
        fresh = {link["target"] for link in links if link["source"] == node} - seen
        seen |= fresh
        waiting += fresh
    return end in seen


def lives(call, weights):
    """The rows that the program evaluates, one per vector of weights."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "weights.csv")
        np.savetxt(path, weights, delimiter=",", fmt="%.9g")
        return call.evaluate(os.path.join(call.options.configurations, "hard_maze_vector_novelty.toml"), "--genomes", path, settings=MAZE)


def judge(effect, rows, parent):
    """Fills in what the lives of the mutants were."""
    fitness, before = np.array([float(row["goal_proximity"]) for row in rows]), float(parent["goal_proximity"])
    ends = np.array([(float(row["x"]), float(row["y"])) for row in rows])
    effect.kept, effect.half, effect.better = (fitness >= 0.9 * before).mean(), (fitness >= 0.5 * before).mean(), (fitness > before).mean()
    effect.solving = np.mean([row["solved"] == "1" for row in rows])
    effect.moved = np.linalg.norm(ends - [float(parent["x"]), float(parent["y"])], axis=1)


def effects_of(call, parent):
    """-> ({(arm, size): Effect}, the row of the parent's life)"""
    count = QUICK_MUTANTS if call.quick else MUTANTS
    effects = {(arm, size): mutants(parent, arm, size, count) for arm, size in CASES}
    rows = lives(call, np.concatenate([[parent.weights], *[parent.weights + e.changes for e in effects.values()]]))
    start = 1
    for effect in effects.values():
        if len(effect.changes):
            judge(effect, rows[start:start + len(effect.changes)], rows[0])
        start += len(effect.changes)
    return effects, rows[0]


def distance_of_random(call, parents):
    """The mean distance between the ends of two random networks, whose weights are as large as the parents'."""
    draw = np.random.default_rng(1)
    size = statistics.mean(np.sqrt(np.mean(np.square(parent.weights))) for parent in parents)
    rows = lives(call, size * draw.standard_normal((RANDOM, len(parents[0].weights))))
    ends = np.array([(float(row["x"]), float(row["y"])) for row in rows])
    apart = np.linalg.norm(ends[:, None] - ends[None, :], axis=2)
    return float(apart.sum() / (RANDOM * (RANDOM - 1)))


def sign_test(wins, losses):
    """The two-sided probability of so uneven a split of wins and losses."""
    n, k = wins + losses, min(wins, losses)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n) if n else 1.0


@dataclass
class Buys(Table):
    """Mutates elites of the one row's runs."""
    first: bool = False  # the elites that were made first instead of the best

    def report(self, call):
        row = call.adapted(self.rows[0])
        outcomes = run_trials(call, [Trial(self.name, row, seed) for seed in call.seeds_of(row)])[row.title]
        parents = [parent_of(call, outcome, self.first) for outcome in outcomes]
        found = [effects_of(call, parent) for parent in parents]
        effects, apart = [effect for effect, _ in found], distance_of_random(call, parents)
        solving = sum(e["solved"] == "1" for _, e in found)
        text = [f"## {self.title}", "", self.about, "",
                f"{len(parents)} parents, {solving} of which solve the maze as weight vectors; budget of each {row.evaluations:,} "
                f"evaluations; {len(effects[0][DIRECT, COMPARED].changes)} mutants per parent, arm and size. End points "
                f"move in units of the mean distance between the ends of two random networks, {apart:.1f}.", "",
                markdown(self.viability(effects, parents, apart)), "", markdown(self.coherence(effects, parents)), ""]
        if not call.quick:
            self.draw(os.path.join(call.options.output, f"{self.name}.png"), effects, parents, apart)
            text += [*self.verdict(effects), "", f"![{self.title}]({self.name}.png)"]
        return "\n".join(text) + "\n"

    @staticmethod
    def own_size(those, parents):
        sizes = [np.linalg.norm(effect.changes, axis=1) / np.linalg.norm(parent.weights) for effect, parent in zip(those, parents)]
        return f"{np.median(np.concatenate(sizes)):.2f} (median)"

    def viability(self, effects, parents, apart):
        lines = [("arm", "change", "fitness kept (0.9)", "half kept", "better", "still solves", "end moves, median", "90th percentile",
                  "not reachable, or without effect")]
        for arm, size in CASES:
            those = [e[arm, size] for e in effects if e[arm, size].moved is not None]
            if not those:
                continue
            moved = np.concatenate([e.moved for e in those]) / apart
            shares = [f"{100 * np.mean([getattr(e, name) for e in those]):.1f} %" for name in ("kept", "half", "better", "solving")]
            lines.append((arm, f"{size}" if size else self.own_size(those, parents), *shares, f"{np.median(moved):.3f}",
                          f"{np.percentile(moved, 90):.3f}", str(sum(e[arm, size].unreachable for e in effects))))
        return lines

    @staticmethod
    def correlation(effects, parents, arm):
        """Of the links of the first layer, without biases; the mean over the parents."""
        curves = []
        for effect, parent in zip(effects, parents):
            here = (parent.substrate.layer_of == 1) & ~parent.substrate.is_bias
            changes = effect[arm, COMPARED].changes[:, here]
            if len(changes) and np.any(changes):
                curves.append(correlation_by_distance(changes, parent.substrate.places()[here], BINS))
        return np.mean(curves, axis=0) if curves else np.full(len(BINS) - 1, np.nan)

    def coherence(self, effects, parents):
        lines = [("arm", "weights that take part", *[f"C, {low} to {high}" for low, high in zip(BINS, BINS[1:])])]
        for arm in ARMS:
            ratios = np.concatenate([participation_ratio(e[arm, COMPARED].changes) for e in effects])
            curve = self.correlation(effects, parents, arm)
            lines.append((arm, f"{ratios.mean():.1f} of {len(parents[0].weights)}" if len(ratios) else "–", *[f"{c:.3f}" for c in curve]))
        return lines

    @staticmethod
    def verdict(effects):
        lines = []
        for arm in (LOW, CPPN, DIRECT):
            pairs = [(e[arm, COMPARED].kept, e[SHUFFLED, COMPARED].kept) for e in effects if e[arm, COMPARED].moved is not None]
            wins, losses = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
            lines.append(f"At a change of {COMPARED}, more mutants keep 0.9 of the fitness by '{arm}' than by shuffled coefficients in "
                         f"{wins} parents, fewer in {losses} (sign test: p = {sign_test(wins, losses):.2g}).")
        return lines

    def draw(self, path, effects, parents, apart):
        import matplotlib
        matplotlib.use("Agg")
        from matplotlib import pyplot
        figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 4.8))
        middles = [(low + high) / 2 for low, high in zip(BINS, BINS[1:])]
        for arm in ARMS:
            points = []
            for size in SIZES:
                those = [e[arm, size] for e in effects if e[arm, size].moved is not None]
                if those:
                    points.append((np.median(np.concatenate([e.moved for e in those])) / apart, np.mean([e.kept for e in those])))
            left.plot(*zip(*points), "o-", label=arm)
            right.plot(middles, self.correlation(effects, parents, arm), "o-", label=arm)
        left.set(xlabel="how far the end point moves, median", ylabel="share of mutants that keep 0.9 of the fitness")
        right.set(xlabel="distance of two links' places", ylabel="correlation of their changes")
        right.axhline(0, color="grey", linewidth=0.8)
        left.legend(fontsize="small")
        figure.tight_layout()
        figure.savefig(path, dpi=150)
        pyplot.close(figure)


ARMS_SAY = (
    "All arms but the last vary the weights that it paints, 132 with the biases, by a change of the same root mean square, given in "
    "those of the weights; they differ in the direction alone. Cosine coefficients are those of the same matrices (there are as many "
    "as weights); shuffled: the same changes laid onto the weights by one fixed permutation. A link of the CPPN moves as far as it "
    "must, or is counted as not reachable; a node that splits a link, or a link that is added (each as often), changes the weights by "
    "as much as it does, and is counted apart where that is nothing. C: correlation of the changes of two links from sensors to hidden "
    f"neurons by the distance of their places, less that with the places permuted, at a change of {COMPARED}. No published table "
    "exists. Takes about 5 minutes on two cores.")
SETTINGS = [*MAZE, *NEURONS]

TABLES = [
    Buys("buys", "What an encoding buys: mutations of one gene",
         [Row("parents", "hard_maze_novelty", SETTINGS, seeds=30, evaluations=100_000)],
         about="Parents: the best CPPN of each run of novelty search with HyperNEAT (10 hidden neurons, tanh) in the medium maze. "
         + ARMS_SAY),
    Buys("buys_random", "The same of random networks", [Row("parents", "hard_maze_novelty", SETTINGS, seeds=30, evaluations=1)],
         about="Parents: of each seed, the first of 250 random CPPNs that is the best of its cell. " + ARMS_SAY, first=True)]
