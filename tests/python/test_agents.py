"""The Python of AGENTS.md runs, and what it names is there."""

import contextlib
import importlib
import io
import os
import re
import tempfile
import unittest

import cambrian

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class AgentsPage(unittest.TestCase):
    def setUp(self):
        with open(os.path.join(TOP, "AGENTS.md")) as file:
            self.page = file.read()

    def test_every_block_runs(self):
        blocks = re.findall(r"^```python\n(.*?)^```$", self.page, re.M | re.S)
        self.assertGreaterEqual(len(blocks), 2)
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        for block in blocks:
            with tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(block, "AGENTS.md", "exec"), {"__name__": "agents"})
                os.chdir(here)

    def test_every_name_is_one_of_the_package(self):
        names = set(re.findall(r"`cambrian\.(\w+)`", self.page))
        self.assertGreater(len(names), 20)
        for name in names:
            with self.subTest(name):
                self.assertTrue(hasattr(cambrian, name) or importlib.import_module(f"cambrian.{name}"))


if __name__ == "__main__":
    unittest.main()
