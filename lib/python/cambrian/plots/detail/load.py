"""Columns of a run file, read only where the file can hold what they declare: a column may declare 2^31 rows and store none."""

import os

import numpy as np

from .errors import PlotError

SMALL = 1 << 24  # bytes that are read whatever they are stored as
MOST_DEFLATED = 1032  # deflate, as h5repack may apply it, makes nothing smaller than this
SHARE = 0.25  # of the machine's memory that the columns of a table may take: pictures hold them a few times over


def memory():
    """Bytes of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def whole(dataset):
    """All of a dataset, as an array."""
    check([dataset])
    return np.asarray(dataset[:])


def check(datasets):
    """Raises PlotError where the file cannot hold what a column declares, or the machine cannot hold them all."""
    for dataset in datasets:
        stored = dataset.id.get_storage_size()
        deflated = dataset.id.get_create_plist().get_nfilters() > 0
        if max(SMALL, stored * (MOST_DEFLATED if deflated else 1)) < declared(dataset):
            raise PlotError(f"{dataset.file.filename}: {dataset.name} declares {len(dataset):,} rows, {size(declared(dataset))}, but the file "
                            f"holds only {size(stored)} of them: it is damaged or was not written by cambrian")
    total = sum(map(declared, datasets))
    if total > SHARE * memory():
        raise PlotError(f"{datasets[0].file.filename}: {datasets[0].parent.name} is too large to be drawn here: {size(total)} of columns, "
                        f"on a machine with {size(memory())} of memory")


def declared(dataset):
    return (dataset.size or 0) * dataset.dtype.itemsize


def size(count):
    """Bytes as people read them."""
    for scale, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= scale:
            return f"{count / scale:.3g} {unit}"
    return f"{count} bytes"
