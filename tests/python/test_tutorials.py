"""Every notebook of lib/python/tutorials runs from top to bottom and ends in a picture."""

import os
import pathlib
import unittest

FOLDER = pathlib.Path(__file__).parents[2] / "lib" / "python" / "tutorials"
try:
    import nbclient
    import nbformat
except ImportError:
    nbclient = None


@unittest.skipIf(nbclient is None, "nbclient is not installed")
class Tutorials(unittest.TestCase):
    def test_there_are_six(self):
        self.assertEqual([path.name[:2] for path in sorted(FOLDER.glob("*.ipynb"))], [f"{n}_" for n in range(1, 7)])

    def test_they_are_stored_without_outputs_and_without_places_of_a_machine(self):
        for path in FOLDER.glob("*.ipynb"):
            with self.subTest(path.name):
                for cell in nbformat.read(path, 4).cells:
                    self.assertFalse(cell.get("outputs") or cell.get("execution_count"))
                    self.assertNotRegex(cell.source, r"[\"'(]/\w+/")


def executed(path):
    def test(self):
        program = os.environ.get("CAMBRIAN_PROGRAM")
        if program:
            os.environ.setdefault("CAMBRIAN", program)  # what the plots ask for networks
        book = nbformat.read(path, 4)
        nbclient.NotebookClient(book, timeout=300, kernel_name="python3").execute()
        pictures = [output for cell in book.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
        self.assertTrue(pictures)
        self.assertIn(pictures[-1], book.cells[-1].outputs)

    return test


for each in sorted(FOLDER.glob("*.ipynb")):
    setattr(Tutorials, f"test_{each.stem}", executed(each))


if __name__ == "__main__":
    unittest.main()
