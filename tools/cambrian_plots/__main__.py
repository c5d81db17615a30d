"""tools/plot RUN.h5: draws the pictures that suit a run and prints their names."""

import argparse
import os
import sys

EPILOG = """kinds (default: all that suit the run):
  heat_map  the illumination map: best objective in each cell of a grid archive
  scatter   an archive without a grid, each elite at its descriptor
  driver    the archive that drives the search, where the result archive is another one
  maze      the maze with every elite's end point
  history   coverage, QD score, objective... over evaluations

example:
  tools/plot run.h5 -o pictures --kind heat_map --kind maze"""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise SystemExit(_complain(f"{message} (try tools/plot --help)", 2))


def _complain(message, status):
    print(f"tools/plot: {message}", file=sys.stderr)
    return status


def parse(arguments):
    parser = Parser(prog="tools/plot", description=__doc__, epilog=EPILOG,
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", metavar="RUN.h5")
    parser.add_argument("-o", "--output", metavar="FOLDER_OR_FILE",
                        help="a folder, or FILE.png for one picture (default: beside the run file)")
    parser.add_argument("--kind", action="append", choices=("heat_map", "scatter", "driver", "maze", "history"),
                        help="draw this picture only; may be repeated")
    parser.add_argument("--colour", choices=("objective", "evaluation"),
                        help="what colours the dots of scatter, driver and maze")
    return parser.parse_args(arguments)


def target(path, output, kind):
    """Where a picture goes: FILE.png as given, otherwise <stem>_<kind>.png in the folder."""
    if output and output.lower().endswith(".png"):
        return output
    folder = output if output else os.path.dirname(path)
    stem = os.path.splitext(os.path.basename(path))[0]
    return os.path.join(folder, f"{stem}_{kind}.png")


def draw(options):
    from .choose import pictures
    from .errors import CallError
    from .run_file import read_run

    run = read_run(options.run)
    suited = pictures(run)
    kinds = options.kind or list(suited)
    for kind in kinds:
        if kind not in suited:
            raise CallError(f"{options.run}: --kind {kind} does not suit this run; it has {', '.join(suited)}")
    one_file = bool(options.output) and options.output.lower().endswith(".png")
    if one_file and len(kinds) > 1:
        if options.kind:
            raise CallError(f"-o {options.output} is one file, but {len(kinds)} kinds were asked for; give a folder")
        kinds = kinds[:1]
    for kind in kinds:
        module, archive = suited[kind]
        path = target(options.run, options.output, kind)
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        defaults = {} if options.colour is None else {"colour": options.colour}
        module.draw(run, archive, path, **defaults)
        print(path)


def main(arguments=None):
    from .errors import PlotError

    try:
        draw(parse(arguments))
    except PlotError as error:
        return _complain(str(error), error.status)
    except OSError as error:
        return _complain(f"{error.filename or 'output'}: cannot be written ({error.strerror})", 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
