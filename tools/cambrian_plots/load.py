"""Columns of a run file, read only where the file can hold what they declare: a column may declare 2^31 rows and store none."""

import os

import numpy as np

from .errors import PlotError

SMALL = 1 << 24  # bytes that are read whatever they are stored as
MOST_DEFLATED = 1032  # deflate, as h5repack may apply it, makes nothing smaller than this
SHARE = 0.25  # of the machine's memory that one column may take: pictures hold it a few times over


def memory():
    """Bytes of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def whole(dataset):
    """All of a dataset, as an array."""
    check(dataset)
    return np.asarray(dataset[:])


def check(dataset):
    declared = dataset.size * dataset.dtype.itemsize
    if declared <= SMALL:
        return
    stored = dataset.id.get_storage_size() * (MOST_DEFLATED if dataset.id.get_create_plist().get_nfilters() else 1)
    what = f"{dataset.file.filename}: {dataset.name} declares {' x '.join(f'{n:,}' for n in dataset.shape)} numbers ({size(declared)})"
    if stored < declared:
        raise PlotError(f"{what}, but the file holds only {size(dataset.id.get_storage_size())} of them: it is damaged or incomplete")
    if declared > SHARE * memory():
        raise PlotError(f"{what}: too many for a picture on this machine, which has {size(memory())} of memory")


def size(count):
    """Bytes as people read them."""
    for scale, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= scale:
            return f"{count / scale:.3g} {unit}"
    return f"{count} bytes"
