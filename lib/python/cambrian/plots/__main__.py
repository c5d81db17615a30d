"""Draws the pictures that suit a run, or several runs, and prints their names."""

import argparse
import os
import sys
import tempfile
import traceback

from .detail.kinds import COLOURED, KINDS, NAME, OF_ELITES, OF_MANY
from .detail.output import Pages, check_place, has_pages, is_file, target


def epilog():
    lines = ["kinds, each with an example (default: those that suit the run):"]
    for kind, meaning in KINDS.items():
        lines += [f"  {kind:9} {meaning}", f"            {NAME} {EXAMPLES.get(kind, 'run.h5')} --kind {kind}"]
    return "\n".join(lines + [
        "", f"For several files or folders (of seed_*.h5 files) the pictures are {', '.join(OF_MANY)}. A folder is a group; files are",
        "grouped by their configuration, whatever their seed, except for the maze, where each has a panel. Groups are named by what tells",
        "them apart. A run that ended before others of its configuration keeps its last value."])


EXAMPLES = {"scatter": "run.h5 --colour evaluation", "objective": "novelty/ map_elites/ -o pictures",
            "history": "novelty/ map_elites/ -o history.png", "graph": "run.h5 --id 1234", "pattern": "run.h5 --best",
            "network": "run.h5 --best -o brain.png", "life": "t_maze.h5 --best -o life.png",
            "scene": "octopus_arm.h5 --best -o scene.png", "spectrum": "digits.h5 --mean -o weights.png", "maze": "novelty.h5 objective.h5 -o both.png"}


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise SystemExit(_complain(f"{message} (try {NAME} --help)", 2))


def _complain(message, status):
    print(f"{NAME}: {message}", file=sys.stderr)
    return status


def parse(arguments):
    parser = Parser(prog=NAME, description=__doc__, epilog=epilog(),
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", metavar="RUN.h5", nargs="+", help="one run file or several, or folders of them")
    parser.add_argument("-o", "--output", metavar="FOLDER_OR_FILE",
                        help="a folder, which is made if it is missing; FILE.png or FILE.svg for one picture; FILE.pdf, with a page for each "
                             "(default: beside the first run)")
    parser.add_argument("--kind", action="append", choices=tuple(KINDS), metavar="KIND",
                        help="draw this picture only; may be repeated")
    parser.add_argument("--colour", choices=("objective", "evaluation"), help=f"the quantity that colours the pictures {', '.join(COLOURED)}")
    elite = parser.add_mutually_exclusive_group()
    elite.add_argument("--id", type=_id, help=f"the elite whose {', '.join(OF_ELITES)} to draw")
    elite.add_argument("--best", action="store_true", help="the elite with the best objective (default)")
    elite.add_argument("--mean", action="store_true",
                       help="network and spectrum: not of an elite but of the mean at which a search by an evolution strategy ended")
    parser.add_argument("--program", metavar="FILE",
                        help="the program that made the run, if it is not `cambrian`: it decodes the networks of its own environments")
    return parser.parse_args(arguments)


def _id(text):
    if not text.isdigit() or int(text) >= 2**64:
        raise argparse.ArgumentTypeError(f"'{text}' is not an elite's id")
    return int(text)


def one_run(path, options):
    """-> (all pictures that suit, kinds to be drawn, why a history has no picture)"""
    from .detail.choose import by_default, pictures
    from .detail import mean
    from .detail.errors import PlotError
    from .detail.history import why_none
    from .detail.run_file import read_run

    run = mean.read(path, options.folder) if options.mean else read_run(path)
    suited = pictures(run, options.id)
    if options.mean:
        suited = {kind: draw for kind, draw in suited.items() if kind in mean.KINDS}
    kinds = options.kind or [kind for kind in suited if by_default(run, kind)]
    if not run.archive.size and not (suited and set(kinds) <= set(suited)):
        raise PlotError(f"{path}: holds no elites that can be drawn; {run.left_out}" if run.archive.left_out else
                        f"{path}: holds no elites yet ({int(run.attributes.get('evaluations', 0)):,} evaluations)")
    say_left_out(run)
    return suited, kinds, why_none([run])


def say_left_out(run):
    if run.left_out:
        _complain(f"{run.path}: {run.left_out}", 0)


def several_runs(options):
    from .detail.choose import comparisons
    from .detail.errors import CallError
    from .detail.groups import merged, named_groups
    from .detail.history import why_none

    if options.mean:
        raise CallError("--mean draws one run")
    for kind in options.kind or []:
        if kind not in OF_MANY:
            raise CallError(f"--kind {kind} draws one run; for several runs there are {', '.join(OF_MANY)}")
    named = named_groups(options.runs)
    groups = merged(named, [os.path.isdir(argument) for argument in options.runs])
    runs = [run for group in groups for run in group.runs]
    for run in runs:
        say_left_out(run)
    suited = comparisons(groups, named)
    if not suited:
        raise CallError(f"{options.runs[0]}...: these runs have neither elites nor history to compare")
    return suited, options.kind or list(suited), why_none(runs)


def draw(options):
    from .detail.errors import CallError, LeftOutError
    from .detail.program import choose

    if options.program:
        choose(options.program)
    first = options.runs[0]
    alone = len(options.runs) == 1 and not os.path.isdir(first)
    check_place(options.output)
    suited, kinds, no_history = one_run(first, options) if alone else several_runs(options)
    for kind in kinds:
        if kind not in suited:
            why = f"{no_history}; " if kind == "history" and no_history else ""
            raise CallError(f"{first}: --kind {kind} does not suit this run; {why}it has {', '.join(suited)}")
    left_out = []
    pages = Pages(options.output) if has_pages(options.output) else None
    if is_file(options.output) and not pages and len(kinds) > 1:
        if options.kind:
            raise CallError(f"-o {options.output} is one file, but {len(kinds)} kinds were asked for; a folder or FILE.pdf holds them all")
        kinds, left_out = kinds[:1], kinds[1:]
    if no_history and not options.kind:
        _complain(f"{first}: {no_history}", 0)
    if left_out:
        _complain(f"-o {options.output} is one file, which holds {kinds[0]}; a folder also holds {', '.join(left_out)}; --kind KIND chooses one", 0)
    for kind in kinds:
        path = target(options.runs, options.output, kind)
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        try:
            suited[kind](pages.pages if pages else path, **({"colour": options.colour} if options.colour and kind in COLOURED else {}))
        except LeftOutError as error:
            if options.kind:
                raise
            _complain(f"{error}; left out: {kind}", 0)
            continue
        if not pages:
            print(path)
    if pages:
        pages.write()
        print(pages.path)


def main(arguments=None):
    from .detail.errors import PlotError

    options = parse(arguments)
    try:
        with tempfile.TemporaryDirectory() as options.folder:
            draw(options)
    except PlotError as error:
        return _complain(str(error), error.status)
    except OSError as error:
        return _complain(f"{error.filename or 'output'}: cannot be written ({error.strerror})", 1)
    except KeyboardInterrupt:
        return _complain("interrupted", 130)
    except Exception as error:  # a file can be odd in ways that nobody thought of: a line with the place, to be reported
        here = os.path.dirname(os.path.abspath(__file__))
        last = [frame for frame in traceback.extract_tb(error.__traceback__) if os.path.abspath(frame.filename).startswith(here)][-1]
        what = " ".join(str(error).split()) or "no reason given"
        return _complain(f"{options.runs[0]}: cannot be drawn: {what} ({type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno})", 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
