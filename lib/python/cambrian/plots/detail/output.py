"""Where pictures go: into a folder, a file each, or into one file named by its ending; a PDF has a page for each picture."""

import io
import os

from .errors import CallError, PlotError

ENDINGS = (".png", ".pdf", ".svg")
FOREIGN = (".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".eps", ".ps", ".pgf", ".svgz")


def ending(output):
    return os.path.splitext(output or "")[1].lower()


def is_file(output):
    return ending(output) in ENDINGS and not os.path.isdir(output)


def has_pages(output):
    return is_file(output) and ending(output) == ".pdf"


def stem_of(paths):
    """What pictures are named after: the run; of several, the first and the second, or how many follow."""
    stems = [os.path.splitext(os.path.basename(os.path.abspath(path)))[0] for path in paths]
    if len(stems) == 2 and stems[0] != stems[1]:
        return "_and_".join(stems)
    return stems[0] if len(stems) == 1 else f"{stems[0]}_and_{len(stems) - 1}_more"


def target(paths, output, kind):
    """Where a picture goes: FILE as given, otherwise <stem>_<kind>.png in the folder, beside the (first) run by default."""
    if is_file(output):
        return output
    folder = output if output else os.path.dirname(os.path.abspath(paths[0]) if os.path.isdir(paths[0]) else paths[0])
    return os.path.join(folder, f"{stem_of(paths)}_{kind}.png")


def check_place(output):
    """A file needs its folder, as for `cambrian run -o`; a folder is made."""
    if not output:
        return
    folder = os.path.dirname(output) or "."
    if is_file(output) and not os.path.isdir(folder):
        raise PlotError(f"{output}: cannot be written: there is no folder {folder}")
    if ending(output) in FOREIGN and not os.path.isdir(output):
        raise CallError(f"-o {output}: pictures are written as {', '.join(e[1:].upper() for e in ENDINGS)}, by the ending of the file")
    if not is_file(output) and os.path.exists(output) and not os.path.isdir(output):
        raise CallError(f"-o {output}: is a file; expected a folder, or a file that ends in {', '.join(ENDINGS)}")


class Pages:
    """A PDF whose pages are drawn one by one; the file is written when all of them are there."""

    def __init__(self, path):
        from matplotlib.backends.backend_pdf import PdfPages

        self.path = path
        self.bytes = io.BytesIO()
        self.pages = PdfPages(self.bytes, metadata={"Creator": "Cambrian", "CreationDate": None})

    def write(self):
        self.pages.close()
        with open(self.path, "wb") as file:
            file.write(self.bytes.getvalue())
