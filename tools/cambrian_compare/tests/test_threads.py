import os
import stat
import tempfile
import unittest
from unittest import mock

from cambrian_compare import threads


def times(program, environment, steps, evaluations, threads, processes):
    """Of a program that takes 2 us a step beside 20 us of search, a tenth of it serial."""
    return [(20 + 2 * steps) * 1e-6 * (0.1 + 0.9 / threads)] * processes


class ThreadsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def program(self, text):
        path = os.path.join(self.folder.name, "program")
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
        return path

    def test_finds_the_steps_and_the_ratio_of_a_program_that_is_a_tenth_serial(self):
        lines = []
        environment = threads.Environment("made up", "hard_maze_vector_novelty", 100.0)
        with mock.patch.object(threads, "_times", times):
            rows = threads.run("program", 3, lines.append, environments=(environment,), seconds=6.0)
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0].steps, 50)
        self.assertEqual(rows[0].evaluations, 50000)
        self.assertEqual(len(rows[0].ratios), 3)
        for ratio in rows[0].ratios:
            self.assertAlmostEqual(ratio, 1 / 1.1)
        self.assertIn("made up", lines[-1])
        self.assertIn("0.909", lines[-1])

    def test_a_maze_keeps_its_400_steps(self):
        self.assertEqual(threads.steps_for("/nowhere", threads.Environment("maze", "hard_maze_neat_novelty")), 400)

    def test_a_program_that_fails_is_named_in_one_line(self):
        program = self.program("#!/bin/sh\necho first >&2\necho no such key >&2\nexit 2\n")
        with self.assertRaises(threads.ThreadsError) as caught:
            threads.run(program, 1, lambda line: None, seconds=0.1)
        self.assertIn("exit status 2: no such key", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
