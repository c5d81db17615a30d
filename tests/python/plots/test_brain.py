"""A network that was taken away by `cambrian export --brain` gives the motors that it gave in the run, by the reader of FORMAT.md."""

import json
import math
import os
import re
import subprocess
import unittest
import xml.etree.ElementTree

import numpy as np

from cambrian.plots.detail import program
from in_folder import InFolder

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../lib/cambrian/run_file/FORMAT.md")
CONFIG = """[run]
seed = 5
evaluations = {evaluations}
log_interval = 1000
[environment]
name = "cart_pole"
force = "continuous"
steps = 60
[algorithm]
name = "map_elites"
batch = 100
[archive]
shape = [4, 4]
[encoding]
name = {encoding}
"""
STEPS = 25  # that are compared: learning enlarges what single precision rounds
XOR = """[run]
seed = 5
evaluations = 2000
[environment]
name = "xor"
updates = 4
[encoding]
name = "direct_graph"
[variation]
preset = "maze"
[algorithm]
name = "neat"
[result_archive]
shape = [5, 5]
"""
# Encodings by what their networks do.
ENCODINGS = {
    "feed-forward": ['"direct_vector"\nhidden = [4, 3]', '"dct"\nhidden = [6]\ncoefficients = 9', '"hyperneat"', '"hyperneat"\nleo = true',
                     '"es_hyperneat"\npreset = "pureples"', '"direct_graph"\nrecurrent = false'],
    "recurrent": ['"direct_vector"\nrecurrence = "elman"\nhidden = [4, 3]', '"direct_vector"\nrecurrence = "full"\nhidden = [4]',
                  '"dct"\nrecurrence = "elman"\nhidden = [5]', '"hyperneat"\nrecurrence = "elman"', '"es_hyperneat"', '"direct_graph"'],
    "in continuous time": ['"direct_vector"\npreset = "beer"\nhidden = [4]', '"direct_vector"\npreset = "neat_python"\nhidden = [4]',
                           '"dct"\npreset = "beer"\nhidden = [4]', '"hyperneat"\nrecurrence = "ctrnn"'],
    "plastic": ['"direct_vector"\nlearning = "abc"', '"direct_vector"\npreset = "risi"', '"direct_vector"\npreset = "bain"',
                '"direct_vector"\npreset = "ahni_risi"', '"direct_vector"\npreset = "ahni_soltoggio"\nhidden = [5]',
                '"direct_vector"\npreset = "najarro_risi"', '"direct_vector"\nlearning = "oja"\nrate_scale = 0.1', '"direct_vector"\nlearning = "bcm"',
                '"dct"\npreset = "risi"', '"dct"\nlearning = "abcd"\nrecurrence = "elman"\nhidden = [5]',
                '"hyperneat"\nlearning = "abcd"\nmodulation = "risi"', '"hyperneat"\nlearning = "bcm"\nnormalise_weights = true'],
    "plastic by a CPPN": ['"hyperneat"\nlearning = "iterated"', '"hyperneat"\nlearning = "iterated"\nmodulation = "risi"\ndelta_inputs = true',
                          '"hyperneat"\nlearning = "iterated"\nrecurrence = "elman"\nhidden = [4, 3]\ndistance_input = true',
                          '"hyperneat"\nlearning = "iterated"\nrecurrence = "full"\nrate_scale = 0.3\nweight_limit = 2.5\nhidden = [[2, 2]]',
                          '"hyperneat"\nlearning = "iterated"\nrandom_weights = true\nhidden = []'],
}


def documented():
    """What the program in FORMAT.md defines, with the lines that it adds for learning that is iterated."""
    names = {}
    for source in sources():
        exec(source, names)
    return names["Brain"]


def sources():
    """-> the program, what is added to it."""
    with open(PAGE) as page:
        text = page.read()
    return [re.search(rf"```python\n({begin}.*?)```", text, re.S).group(1) for begin in ("import json", "def iterated")]


def cart_pole(x, velocity, angle, turn, push):
    """The state after a step, from its equations."""
    pull = (10 * push + 0.05 * turn * turn * math.sin(angle)) / 1.1
    turning = (9.8 * math.sin(angle) - math.cos(angle) * pull) / (0.5 * (4 / 3 - 0.1 * math.cos(angle) ** 2 / 1.1))
    pushing = pull - 0.05 * turning * math.cos(angle) / 1.1
    return x + 0.02 * velocity, velocity + 0.02 * pushing, angle + 0.02 * turn, turn + 0.02 * turning


def numbers_of(members):
    """The members of a node or link as GraphML and DOT have them: numbers, places as x, y and z, and words."""
    flat = {**members, **dict(zip("xyz", members.get("place", [])))}
    flat.pop("place", None)
    return {name: word_or_number(str(value)) for name, value in flat.items()}


def word_or_number(text):
    try:
        return float({"None": "nan", "null": "nan", "true": "1", "True": "1"}.get(text, text))
    except ValueError:
        return text


def read_graphml(path):
    name = "{http://graphml.graphdrawing.org/xmlns}"
    root = xml.etree.ElementTree.parse(path).getroot()
    names = {key.get("id"): key.get("attr.name") for key in root.iter(name + "key")}
    rows = {kind: [{names[data.get("key")]: word_or_number(data.text) for data in row} for row in root.iter(name + kind)]
            for kind in ("node", "edge")}
    for row, edge in zip(rows["edge"], root.iter(name + "edge")):
        row.update(source=float(edge.get("source")[1:]), target=float(edge.get("target")[1:]))
    return rows["node"], rows["edge"]


def read_dot(path):
    nodes, links = [], []
    with open(path) as file:
        for ends, rest in re.findall(r"^(\d+(?:->\d+)?) \[(.*)\];$", file.read(), re.M):
            row = {name: word_or_number(text) for name, text in re.findall(r'(\w+)="([^"]*)"', rest) if name != "pos"}
            label = row.pop("label")
            if "->" in ends:
                source, target = ends.split("->")
                links.append({"source": float(source), "target": float(target), "weight": label, **row})
            else:
                nodes.append({"id": float(ends), "name": label, **row})
    return nodes, links


@unittest.skipIf(program.find_program() is None, "the program is not built")
class TakenAway(InFolder):
    def cambrian(self, *arguments):
        done = subprocess.run([program.find_program(), *arguments], capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def run_of(self, encoding, evaluations=400):
        with open(os.path.join(self.folder, "run.toml"), "w") as file:
            file.write(CONFIG.format(encoding=encoding, evaluations=evaluations))
        self.cambrian("run", "run.toml", "-o", "run.h5", "--force", "--quiet")
        ids = self.cambrian("query", "run.h5", "--select", "id", "--sort", "objective:desc", "--limit", "4", "--format", "csv").split()[1:]
        self.assertGreater(len(ids), 1)
        return ids

    def brain_of(self, elite, ending="json"):
        path = os.path.join(self.folder, "brain." + ending)
        self.cambrian("export", "run.h5", "--id", elite, "--brain", "-o", path, "--force")
        return path

    def assert_same_motors(self, elite):
        """-> how far the motors are from those of the same network without learning"""
        brain, frozen = (documented()(self.brain_of(elite)) for _ in range(2))
        frozen.learning = frozen.learning and {**frozen.learning, "on": False}
        rows = [[float(cell) for cell in line.split(",")] for line in self.cambrian("replay", "run.h5", "--id", elite).split()[1:]]
        self.assertGreater(len(rows), 5)
        apart = 0
        for now, then in zip(rows[:STEPS], rows[1:]):
            (push,) = brain.step(np.float32(now[1:]))
            np.testing.assert_allclose(then[1:], cart_pole(*now[1:], push), atol=1e-4)
            apart = max(apart, abs(push - frozen.step(np.float32(now[1:]))[0]))
        return apart

    def test_gives_the_same_motors(self):
        for kind, encodings in ENCODINGS.items():
            for encoding in encodings:
                with self.subTest(kind=kind, encoding=encoding):
                    learned = [self.assert_same_motors(elite) for elite in self.run_of(encoding)]
                    if "plastic" in kind:
                        self.assertGreater(max(learned), 1e-3)

    def test_the_program_is_as_long_as_is_said(self):
        program_lines, added = (sum(line.strip() != "" for line in source.splitlines()) for source in sources())
        self.assertLessEqual(program_lines, 50)
        self.assertLessEqual(added, 25)

    def test_a_cppn_that_is_the_rule_is_in_the_json_alone(self):
        elite = self.run_of('"hyperneat"\nlearning = "iterated"\nrate_scale = 0.5')[0]
        with open(self.brain_of(elite)) as file:
            brain = json.load(file)
        self.assertEqual(brain["learning"]["rule"], "iterated")
        self.assertEqual(brain["cppn"]["inputs"][-3:], ["pre", "post", "w"])
        for places in brain["cppn"]["coordinates"].values():
            self.assertEqual(len(places), len(brain["nodes"]))
        self.assertEqual({link["rate"] for link in brain["links"]}, {0.5})
        for ending, read in (("graphml", read_graphml), ("dot", read_dot)):
            self.assertEqual(len(read(self.brain_of(elite, ending))[1]), len(brain["links"]))

    def test_updates_and_warm_up_are_those_of_the_environment(self):
        with open(os.path.join(self.folder, "run.toml"), "w") as file:
            file.write(XOR)
        self.cambrian("run", "run.toml", "-o", "run.h5", "--quiet")
        elite = self.cambrian("query", "run.h5", "--best", "--select", "id", "--format", "csv").split()[1]
        answers = [float(cell) for cell in self.cambrian("replay", "run.h5", "--id", elite).split()[2].split(",")[1:]]
        path = self.brain_of(elite)
        patterns = [(0, 0), (0, 1), (1, 0), (1, 1)]
        np.testing.assert_allclose([documented()(path).step(pattern)[0] for pattern in patterns], answers, atol=1e-6)
        with open(path) as file:
            brain = json.load(file)
        self.assertEqual((brain["update"]["warm_up"], brain["update"]["updates_per_step"]), (0, 4))
        for warm_up in (3, 2):
            brain["update"].update(warm_up=warm_up, updates_per_step=1)
            with open(path, "w") as file:
                json.dump(brain, file)
            motors = [documented()(path).step(pattern)[0] for pattern in patterns]
            self.assertEqual(np.allclose(motors, answers, atol=1e-6), warm_up == 3)

    def test_dot_and_graphml_hold_the_nodes_and_links_of_the_json(self):
        for encoding in ('"hyperneat"\nlearning = "abcd"\nmodulation = "risi"', '"direct_vector"\npreset = "beer"', '"direct_graph"'):
            elite = self.run_of(encoding)[0]
            with open(self.brain_of(elite)) as file:
                brain = json.load(file)
            self.assertGreater(len(brain["links"]), 0)
            expected_nodes = [numbers_of(node) for node in brain["nodes"]]
            expected_links = [numbers_of(link) for link in brain["links"]]
            nodes, links = read_graphml(self.brain_of(elite, "graphml"))
            self.assertEqual([{"id": float(i), **node} for i, node in enumerate(nodes)], expected_nodes)
            self.assertEqual(links, expected_links)
            nodes, links = read_dot(self.brain_of(elite, "dot"))
            self.assertEqual(nodes, expected_nodes)
            self.assertEqual(links, expected_links)

    def test_one_line_says_what_cannot_be_taken_away(self):
        ids = self.run_of('"direct_graph"')
        for arguments, message in (
                (["--id", ids[0], "--id", ids[1]], "writes one network per file, but 2 elites are named"),
                (["--best", "--environment", "pole"], "there is no environment 'pole'")):
            done = subprocess.run([program.find_program(), "export", "run.h5", "--brain", *arguments, "-o", "brain.json"], text=True,
                                  capture_output=True, cwd=self.folder)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1)
            self.assertIn(message, done.stderr)
            self.assertFalse(os.path.exists(os.path.join(self.folder, "brain.json")))


if __name__ == "__main__":
    unittest.main()
