"""The stubs of the algorithms' classes, which a wheel has, say what the classes take."""

import ast
import importlib.util
import os
import unittest

import cambrian
from cambrian import _core, algorithms
from cambrian.catalogue import data_folder

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../lib/python/binding/algorithm_stubs.py")


def generator():
    spec = importlib.util.spec_from_file_location("algorithm_stubs", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Stubs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        tree = ast.parse(generator().stubs(_core, data_folder()))
        cls.classes = {node.name: {argument.arg: ast.unparse(argument.annotation) for argument in node.body[0].args.kwonlyargs}
                       for node in tree.body if isinstance(node, ast.ClassDef)}

    def test_tables_are_those_that_the_classes_take(self):
        self.assertEqual(generator().TABLES, algorithms._TABLES)

    def test_every_algorithm_has_a_class(self):
        self.assertEqual(sorted(self.classes), sorted(algorithms.__all__))

    def test_keys_have_the_types_of_their_values(self):
        elites = self.classes["MapElites"]
        self.assertEqual(elites["batch"], "int | None")
        self.assertEqual(elites["initial_coverage"], "float | None")
        self.assertEqual(elites["reselect"], "Literal['terminated', 'all'] | None")
        self.assertEqual(elites["archive"], "_Table")

    def test_each_class_lists_the_keys_that_its_documentation_explains(self):
        for name, keys in self.classes.items():
            text = getattr(cambrian, name).__doc__
            for key in set(keys) - {"sensors", "motors", "direction", "can_be_solved", "seed", "threads", *generator().TABLES}:
                self.assertIn(f"\n{key}: ", text, name)


if __name__ == "__main__":
    unittest.main()
