import unittest
from types import SimpleNamespace

from cambrian_reproduce.encodings import digits


class FakeCall:
    """Answers as `cambrian evaluate` does of a run of three elites; remembers what it was asked."""

    TRAINING = [{"id": "7", "loss": "0.3", "accuracy": "0.9"}, {"id": "8", "loss": "0.2", "accuracy": "0.94"},
                {"id": "9", "loss": "0.25", "accuracy": "0.95"}]
    UNSEEN = {"7": "0.99", "8": "0.93", "9": "0.98"}

    def __init__(self):
        self.tested = []

    def evaluate(self, path, *words, settings=()):
        if "environment.split=test" not in settings:
            return self.TRAINING
        self.tested.append(words)
        return [{"id": words[1], "accuracy": self.UNSEEN[words[1]]}]


class Digits(unittest.TestCase):
    def test_the_elite_is_chosen_by_training_digits_and_tested_once(self):
        call = FakeCall()
        cells = digits.accuracy(None, [SimpleNamespace(path="run.h5", wall_seconds=10.0)], call)
        self.assertEqual(cells["unseen digits right, mean"], "93.00 %")
        self.assertEqual(cells["training digits right, mean"], "94.00 %")
        self.assertEqual(call.tested, [("--id", "8")])


if __name__ == "__main__":
    unittest.main()
