"""Runs the same work by Cambrian and by pyribs, alternating, and measures how Cambrian's cost grows.

works:
  pyribs    ratios of speed: installs pyribs from PyPI into a temporary environment
  threads   two threads of one process, compared with two processes of one thread
  python    the loop of pyribs' examples by the package cambrian.ribs, and what a batch costs beside C++
  growth    a chart and a table: genome length, archive size, batch size, threads
Each prints a table and writes it as Markdown into build/compare/."""

import argparse
import os
import sys

from . import threads
from .environment import InstallError
from .measure import MeasureError
from .works import WORKS, chosen

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="tools/compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="works of pyribs for --only:\n  " + "\n  ".join(work.name for work in WORKS) +
        "\n\nexamples:\n  tools/compare pyribs\n  tools/compare pyribs --only sphere_20_100 --repeats 9\n  tools/compare growth")
    parser.add_argument("what", choices=("pyribs", "threads", "growth", "python"))
    parser.add_argument("--repeats", type=_positive, default=5, metavar="N", help="runs of each program (default: 5)")
    parser.add_argument("--only", action="append", default=[], metavar="WORK", help="run only this work; may be repeated")
    parser.add_argument("--environment", metavar="FOLDER",
                        help="keep pyribs in this folder, or use it from there (default: a temporary one, removed at the end)")
    parser.add_argument("-o", "--output", metavar="FOLDER", default=os.path.join(TOP, "build/compare"))
    parser.add_argument("--program", metavar="FILE", default=os.path.join(TOP, "build/release/bin/cambrian"))
    parser.add_argument("--python", metavar="FILE", default=os.path.join(TOP, "build/venv/bin/python"),
                        help="of python: the interpreter that the package was built for (default: that of tools/test)")
    parser.add_argument("--package", metavar="FOLDER", default=os.path.join(TOP, "build/release/python"), help="of python: where the package is")
    parser.add_argument("--bench", metavar="FILE", default=os.path.join(TOP, "build/release/bin/cambrian_bench"))
    return parser.parse_args(arguments)


def _positive(text):
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is not a positive whole number")
    return int(text)


def _say(line, status):
    print(f"tools/compare: {line}", file=sys.stderr)
    return status


def compare_threads(options):
    threads.run(options.program, options.repeats, print)
    return 0


def compare_pyribs(options):
    from . import pyribs_work
    pyribs_work.run(options, chosen(options.only))
    return 0


def compare_python(options):
    from . import python_loops
    if not os.access(options.python, os.X_OK):
        return _say(f"{options.python}: is not there; tools/test builds the package, or give --python and --package", 2)
    python_loops.run(options)
    return 0


def compare_growth(options):
    from . import growth
    growth.run(options)
    return 0


def main(arguments=None):
    options = parse(arguments)
    needed = options.program if options.what == "threads" else options.bench
    try:
        chosen(options.only)
        if not os.access(needed, os.X_OK):
            return _say(f"{needed}: is not built; build it by: cmake --workflow --preset release", 2)
        return {"pyribs": compare_pyribs, "threads": compare_threads, "growth": compare_growth, "python": compare_python}[options.what](options)
    except KeyError as error:
        return _say(f"--only: there is no work {error} (see tools/compare --help)", 2)
    except (InstallError, MeasureError, threads.ThreadsError, OSError) as error:
        return _say(error, 1)
    except KeyboardInterrupt:
        return _say("stopped", 1)


if __name__ == "__main__":
    sys.exit(main())
