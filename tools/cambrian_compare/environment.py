"""A Python environment with pyribs in it, made from PyPI."""

import contextlib
import os
import subprocess
import sys
import tempfile

PYRIBS = "ribs==0.12.0"
# One thread each, also inside NumPy, SciPy and Numba.
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")}


class InstallError(Exception):
    """pyribs is not to be had: one line."""


def _run(command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _install(folder, python):
    """-> the command of a Python that finds pyribs, and the variables that it needs"""
    installed = _run([python, "-m", "venv", folder])
    own = os.path.join(folder, "bin", "python")
    target = []
    if installed.returncode != 0:  # Debian without python3-venv
        own, target = python, ["--target", os.path.join(folder, "packages")]
    installed = _run([own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *target, PYRIBS])
    if installed.returncode != 0:
        lines = [line for line in installed.stdout.splitlines() if line.strip()] or ["pip gave no reason"]
        raise InstallError(f"{PYRIBS} could not be installed from PyPI (is the network reachable?): {lines[-1]}")


def _found(folder, python):
    own = os.path.join(folder, "bin", "python")
    packages = os.path.join(folder, "packages")
    if os.path.isdir(packages):
        return python, {**ONE_THREAD, "PYTHONPATH": packages}
    return own, {**ONE_THREAD, "PYTHONPATH": ""}


@contextlib.contextmanager
def pyribs_environment(keep=None, python=sys.executable):
    """Gives (python, variables). @param keep  a folder to install into, or that it was installed into before; without, the
    environment is removed at the end. Raises InstallError."""
    with contextlib.ExitStack() as stack:
        folder = keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="cambrian-pyribs-"))
        command, variables = _found(folder, python)
        done = os.path.join(folder, "installed")
        if not os.path.exists(done):
            _install(folder, python)
            command, variables = _found(folder, python)
            with open(done, "w") as file:
                file.write(PYRIBS + "\n")
        yield command, {**os.environ, **variables}
