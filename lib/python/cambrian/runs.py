"""Whole runs, as the program makes them."""

import os
import pickle
import sys
import tempfile
import warnings

from . import _core, environment as environments, toml
from .catalogue import data_folder
from .environment import Environment
from .run_file import RunFile
from .search import whole


def run(config, environment=None, *, output, seed=None, evaluations=None, threads=0, wall_time=None, callback=None, set=(),
        force=False, quiet=True):
    """Carries out a run and writes its run file; the same run as `cambrian run`. Returns the RunFile.

    config: the path of a configuration (also of one that came with the package, such as "experiments/hard_maze_novelty.toml"), its
        text, or a dictionary of tables.
    environment: a class derived from VectorEnvironment or Body, or an instance of one, instead of the configuration's: it is
        evaluated in one process per thread.
    output: path of the run file. force: replace one that is there.
    evaluations, seed: override [run]; 0 evaluations: until the wall time, a callback or Ctrl-C stops the run. threads: 0 for all cores. wall_time: seconds. set: more overrides, "archive.shape=[50, 50]".
    callback: called after each batch with a dictionary (evaluations, num_elites, coverage, qd_score, obj_max, ...); False stops the
        run. What it raises ends the run, whose state is saved first.
    quiet: False shows the progress line of the program.

    Ctrl-C finishes the batch in flight, saves, and raises KeyboardInterrupt; `resume_run(output)` continues.
    Raises ConfigError before anything runs, FileError for the file, Error if no candidate was valid."""
    if environments.loading:
        raise _core.Error("the file of this environment starts a run when it is loaded; put that under: if __name__ == \"__main__\":")
    output = os.fspath(output)
    if os.path.exists(output) and not force:
        raise _core.FileError(f"{output}: exists; force=True replaces it")
    sets = [set] if isinstance(set, str) else list(set)
    if seed is not None:
        sets.append(f"run.seed={whole('seed', seed)}")
    if evaluations is not None:
        sets.append(f"run.evaluations={whole('evaluations', evaluations)}")
    text, is_file = _text(config)
    if environment is not None:
        table = {"name": "process", "command": [sys.executable, "-m", "cambrian.serve", where_of(environment, output)]}
        if is_file:
            sets += [f"environment.{key}={toml.value_of(value)}" for key, value in table.items()]
        else:
            text += "\n" + toml.text_of({"environment": table})
    warn_of_invalid(_core.run(text, "configuration", is_file, sets, output, whole("threads", threads), wall_time, quiet, callback,
                              data_folder()))
    return RunFile(output)


def resume_run(path, *, evaluations=None, threads=0, wall_time=None, callback=None, quiet=True):
    """Continues a run file exactly where it stopped. evaluations: the new total. Returns the RunFile."""
    warn_of_invalid(_core.resume_run(os.fspath(path), evaluations, whole("threads", threads), wall_time, quiet, callback,
                                     data_folder()))
    return RunFile(path)


def warn_of_invalid(end):
    """@param end  (status, evaluations, invalid, what the first invalid evaluation said)"""
    _, evaluations, invalid, first = end
    if invalid:
        warnings.warn(f"{invalid} of {evaluations} evaluations were invalid" + (f"; the first: {first}" if first else ""), stacklevel=3)


def _text(config):
    """(text or path, whether it is a path)"""
    if isinstance(config, dict):
        return toml.text_of(config), False
    text = os.fspath(config)
    return (text, False) if "\n" in text else (_core.configuration_file(text, data_folder()), True)


def where_of(environment, output):
    """What `python -m cambrian.serve` finds an environment by."""
    kind = environment if isinstance(environment, type) else type(environment)
    if not issubclass(kind, Environment):
        raise TypeError(f"environment: {kind.__name__} is not derived from cambrian.VectorEnvironment or cambrian.Body")
    named = getattr(sys.modules.get(kind.__module__), kind.__qualname__, None) is kind  # otherwise only this process can find it
    if isinstance(environment, type) and named:
        file = getattr(sys.modules["__main__"], "__file__", None)
        if kind.__module__ != "__main__":
            return f"{kind.__module__}:{kind.__name__}"
        if file and kind.__qualname__ == kind.__name__:
            return f"{os.path.abspath(file)}:{kind.__name__}"
    return f"pickle:{_pickled(environment, kind, output)}"


def _pickled(environment, kind, output):
    """The file of an environment that only this process knows: beside the run file, so that the run can be resumed."""
    try:
        pickled = pickle.dumps(environment)
        reason = "__main__" if b"__main__" in pickled else ""  # which is another module in its processes
    except (pickle.PicklingError, AttributeError, TypeError) as error:  # each of them means it in some version of Python
        reason = str(error)
    if reason:
        try:
            import cloudpickle

            pickled = cloudpickle.dumps(environment)
        except (ImportError, pickle.PicklingError, AttributeError, TypeError):
            raise _core.Error(f"environment: {kind.__name__} needs what only a notebook, script or function defines ({reason}); pass classes and "
                              "functions of a module instead, such as make=module.function, or install cloudpickle") from None
    path = os.path.splitext(os.path.abspath(output))[0] + ".environment.pickle"
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(path), delete=False) as file:
        file.write(pickled)
    os.replace(file.name, path)
    return path
