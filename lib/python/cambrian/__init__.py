"""Open-ended discovery by evolution: quality diversity, novelty search, and networks that small genomes paint.

Ask and tell, with an evaluation of your own:

    import cambrian
    search = cambrian.MapElites(dimensions=20, measures={"x": (-5, 5), "y": (-5, 5)})
    for _ in range(1000):
        genomes = search.ask()                       # float32 [batch, 20]
        search.tell(objectives, measures)            # float64 [batch], [batch, 2]
    print(search.archive.statistics)

Whole runs, as the program `cambrian` makes them: `run = cambrian.run("experiment.toml", output="run.h5")`. Run files:
`cambrian.open("run.h5")`. What a configuration can name: `cambrian.components()`, `cambrian.describe("cma_es")`.
"""

import importlib.util

from .environment import Body, VectorEnvironment

__all__ = ["Body", "VectorEnvironment"]
__version__ = "0.1.0"

# A checkout that was not built has no compiled module: cambrian.plots and cambrian.serve work there all the same.
if importlib.util.find_spec("._core", __name__):
    from ._core import ConfigError, Error, FileError, Graph, Link, Network, Node, ShapeError
    from .algorithms import *  # noqa: F403
    from .algorithms import __all__ as _algorithms
    from .archive import Archive
    from .catalogue import components, describe
    from .run_file import Elite, RunFile, open
    from .runs import resume_run, run
    from .search import Search, resume

    Error.__doc__ = "What Cambrian refuses or cannot do, in one line (a RuntimeError)."
    ConfigError.__doc__ = "A configuration or an argument that is not as it must be; names the key (a ValueError)."
    ShapeError.__doc__ = "An array of another shape than expected (a ValueError)."
    FileError.__doc__ = "A file that cannot be read or written (an OSError)."

    __all__ += ["Archive", "ConfigError", "Elite", "Error", "FileError", "Graph", "Link", "Network", "Node", "RunFile", "Search", "ShapeError",
                "components", "describe", "open", "resume", "resume_run", "run", *_algorithms]
else:
    def __getattr__(name):
        raise AttributeError(f"cambrian.{name} needs the compiled module, which this checkout of Cambrian does not have: pip install .")
