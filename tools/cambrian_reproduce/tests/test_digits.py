import os
import tempfile
import unittest
from types import SimpleNamespace

import h5py
from cambrian_reproduce.encodings import digits


class FakeCall:
    """Answers as `cambrian evaluate` does of a run of three elites and of the mean of its search; remembers what was tested."""

    TRAINING = [{"id": "7", "loss": "0.3", "accuracy": "0.9"}, {"id": "8", "loss": "0.2", "accuracy": "0.94"},
                {"id": "9", "loss": "0.25", "accuracy": "0.95"}]
    UNSEEN = {"7": "0.99", "8": "0.93", "9": "0.98"}

    def __init__(self):
        self.tested, self.genomes = [], []

    def evaluate(self, path, *words, settings=()):
        unseen = "environment.split=test" in settings
        if words[0] == "--genomes":
            with open(words[1], encoding="utf-8") as file:
                self.genomes.append(file.read())
            return [{"accuracy": "0.96" if unseen else "0.97"}]
        if unseen:
            self.tested.append(words)
            return [{"accuracy": self.UNSEEN[words[1]]}]
        return [elite for elite in self.TRAINING if words[0] == "--repeat" or elite["id"] == words[1]]


class Digits(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "run.h5")

    def accuracy(self, call):
        return digits.accuracy(None, [SimpleNamespace(path=self.path, wall_seconds=10.0)], call)

    def test_without_a_mean_the_elite_is_chosen_by_training_digits_and_tested_once(self):
        h5py.File(self.path, "w").close()
        call = FakeCall()
        cells = self.accuracy(call)
        self.assertEqual(cells["unseen digits right, mean"], "98.00 %")
        self.assertEqual(cells["training digits right, mean"], "95.00 %")
        self.assertEqual(call.tested, [("--id", "9")])

    def test_the_mean_of_the_search_is_tested_where_there_is_one(self):
        with h5py.File(self.path, "w") as run:
            run["checkpoint/algorithm/emitter_0/optimiser/mean"] = [0.5, -1.25]
        call = FakeCall()
        cells = self.accuracy(call)
        self.assertEqual(cells["unseen digits right, mean"], "96.00 %")
        self.assertEqual(cells["training digits right, mean"], "97.00 %")
        self.assertEqual(call.genomes, ["0.5,-1.25\n"] * 2)


if __name__ == "__main__":
    unittest.main()
