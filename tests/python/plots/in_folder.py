"""A test case with a folder of its own and the command line at hand."""

import contextlib
import io
import os
import tempfile
import unittest

from cambrian.plots.__main__ import main


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, "run.h5")

    def call(self, *arguments):
        """-> (exit status, lines of standard output, standard error)"""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main([str(argument) for argument in arguments])
            except SystemExit as leave:
                status = leave.code
        return status, out.getvalue().splitlines(), err.getvalue()

    def assert_refused(self, status, word, *arguments):
        before = sorted(os.listdir(self.folder))
        got, out, err = self.call(*arguments)
        self.assertEqual(got, status, err)
        self.assertEqual(out, [])
        self.assertEqual(len(err.splitlines()), 1, err)
        self.assertIn(word, err)
        self.assertEqual(sorted(os.listdir(self.folder)), before)
