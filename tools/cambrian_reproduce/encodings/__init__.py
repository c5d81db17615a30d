"""tools/reproduce encodings: what painted networks and networks that learn can do, one table per question, beside published
figures where there are any."""

import sys

from . import (buys, compressed, conditioning, digits, hard_maze, hinton_nowlan, neat, plasticity, poles, retina, risi, static,
               vision)
from .table import Call

# In the order in which they are printed.
TABLES = [*hard_maze.TABLES, *risi.TABLES, *static.TABLES, *neat.TABLES, *poles.TABLES, *compressed.TABLES, *digits.TABLES,
          *vision.TABLES, *retina.TABLES, *plasticity.TABLES, *hinton_nowlan.TABLES, *conditioning.TABLES, *buys.TABLES]


def named(only):
    """The tables of these names, or all of them; KeyError names one that does not exist."""
    known = {table.name: table for table in TABLES}
    for name in only:
        if name not in known:
            raise KeyError(name)
    return [table for table in TABLES if not only or table.name in only]


def measure(options):
    """The report of the tables that are asked for, in Markdown; each table is shown as soon as it is there."""
    call = Call(options)
    parts = []
    for table in named(options.only):
        print(f"{table.name}: {table.title}", file=sys.stderr)
        parts.append(table.report(call))
        if len(named(options.only)) > 1:
            print(parts[-1], file=sys.stderr)
    return "\n".join(call.heading() + parts)
