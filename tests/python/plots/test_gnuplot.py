"""Every line of GNUPLOT.md on real runs: its queries by the program, the whole line by gnuplot where it is installed."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

from cambrian import plots
from cambrian.plots.detail import program
import example_run

PAGE = os.path.join(os.path.dirname(plots.__file__), "GNUPLOT.md")
MAZE = """[run]
evaluations = 600
log_interval = 200
[environment]
name = "maze"
[encoding]
name = "hyperneat"
[algorithm]
name = "novelty_search"
[archive]
name = "unstructured"
[result_archive]
name = "grid"
shape = [50, 50]
"""
PALETTE = 'set palette defined (0 "#440154", 1 "#31688e", 2 "#35b779", 3 "#fde725")'


def documented():
    """-> [(picture, gnuplot's line)]"""
    with open(PAGE, encoding="utf-8") as page:
        rows = re.findall(r"(?m)^\| (.+?) \| `(.+)` \|$", page.read())
    return [(picture, line.replace("\\|", "|")) for picture, line in rows]


@unittest.skipIf(program.find_program() is None, "the program is not built")
class Lines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.holder.cleanup)
        cls.folder = cls.holder.name
        path = os.path.dirname(os.path.abspath(program.find_program())) + os.pathsep + os.environ["PATH"]
        cls.environment = {**os.environ, "PATH": path}
        with open(os.path.join(cls.folder, "maze.toml"), "w") as file:
            file.write(MAZE)
        cls.shell("cambrian run maze.toml -o run.h5 && cambrian run maze.toml --seeds 3 -o seeds")
        example_run.write_grid_run(os.path.join(cls.folder, "grid4.h5"), (10, 10, 4, 3))
        example_run.write_grid_run(os.path.join(cls.folder, "grid1.h5"), (40,))

    @classmethod
    def shell(cls, command):
        done = subprocess.run(command, shell=True, cwd=cls.folder, env=cls.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{command}\n{done.stderr}")
        return done.stdout

    def test_the_page_has_a_line_for_each_picture(self):
        self.assertEqual(len(documented()), 14)

    def test_every_query_gives_rows(self):
        for picture, line in documented():
            for query in re.findall(r"cambrian query [^\";|]+", line):
                query = query.replace("%d", "1").replace("$f", "seeds/seed_1.h5")
                with self.subTest(picture):
                    self.assertGreater(len(self.shell(query).splitlines()), 1)

    @unittest.skipIf(shutil.which("gnuplot") is None, "gnuplot is not installed")
    def test_every_line_draws(self):
        for picture, line in documented():
            with self.subTest(picture):
                error, drawn = self.gnuplot(line)
                self.assertEqual(error, "")
                self.assertNotEqual(drawn, self.gnuplot(line.replace("--format csv", "--limit 1 --format csv"))[1],
                                    "all rows draw what the first one draws")

    def gnuplot(self, line):
        """-> (standard error, the picture)"""
        script = f"set terminal svg; set output 'x.svg'\nset datafile separator ','; set key autotitle columnhead; {PALETTE}\n{line}\n"
        done = subprocess.run(["gnuplot"], input=script, text=True, cwd=self.folder, env=self.environment, capture_output=True)
        with open(os.path.join(self.folder, "x.svg"), encoding="utf-8") as picture:
            return done.stderr, picture.read()


if __name__ == "__main__":
    unittest.main()
