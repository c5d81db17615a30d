"""Damages a run file as no editor would: every column, attribute and group, one at a time.

usage: mutate.py RUN.h5 FOLDER START STRIDE
Writes each STRIDE-th damage, from START, as FOLDER/0.h5, 1.h5, ... and prints a line for each.
"""
import itertools
import shutil
import sys

import h5py
import numpy as np

WHOLE = [0, -1, 2**31, 2**63 - 1]
WORDS = {"description", "unit"}  # for people only


def extremes(dtype):
    if dtype.kind == "f":
        return [np.nan, np.inf, -np.inf, 3e38, 0.5]
    low = [-1, np.iinfo(dtype).min] if dtype.kind == "i" else []
    return low + [0, 1, 7, np.iinfo(dtype).max - 1, np.iinfo(dtype).max]


def column_mutations(values):
    """(what, values as they are put in its place)"""
    yield "empty", values[:0]
    yield "a row less", values[:-1]
    yield "a row more", np.concatenate([values, values[-1:]])
    yield "backwards", values[::-1]
    yield "of another type", values.astype("f8" if values.dtype.kind != "f" else "u8")
    yield "of a foreign type", values.astype("i2")
    yield "of texts", [str(value) for value in values.flat]
    yield "of three dimensions", values.reshape((1, 1, -1))
    yield "a scalar", values.flat[0] if values.size else 0
    if values.ndim == 1:
        yield "a matrix", values.reshape((-1, 1))
    else:
        yield "flat", values.reshape(-1)
        yield "a column less", values[:, :-1]
        yield "a column more", np.concatenate([values, values[:, -1:]], axis=1)
        yield "turned", values.T
        yield "without rows, very wide", np.zeros((0, 2**24 - 1), values.dtype)
    for value in extremes(values.dtype):
        yield f"all {value}", np.full_like(values, value)
        for row in {0, values.shape[0] // 2, values.shape[0] - 1} if values.size else ():
            changed = values.copy()
            changed[row] = value
            yield f"{value} in row {row}", changed
    if values.dtype.kind != "f" and values.size > 1:
        changed = values.copy()
        changed[-1] = changed[0]
        yield "its first row again as the last", changed


def attribute_mutations(value):
    for other in WHOLE + [np.uint64(2**64 - 1), 0.5, np.nan, np.inf, "", "other", "\n", []]:
        yield f"{other!r}", other
    if isinstance(value, np.ndarray):
        yield "shorter", value[:-1]
        yield "longer", np.concatenate([value, value[-1:]])
        yield "all alike", np.array([value[0]] * len(value), dtype=value.dtype)
        if value.dtype.kind in "fi":
            yield "backwards", value[::-1]
            yield "very large", np.full_like(value, 2**31)


def edits(source):
    """(what, function of the open file)"""
    objects = []
    source.visititems(lambda name, item: objects.append((name, isinstance(item, h5py.Dataset))))

    def put(name, values):
        def edit(file):
            del file[name]
            file[name] = values
        return edit

    def claim(name, shape, dtype, **options):
        def edit(file):
            del file[name]
            file.create_dataset(name, shape, dtype, **options)
        return edit

    def remove(name):
        def edit(file):
            del file[name]
        return edit

    def link(name, target):
        def edit(file):
            del file[name]
            file[name] = target
        return edit

    for name, is_column in objects:
        yield f"{name} is missing", remove(name)
        yield f"{name} is a link to nothing", link(name, h5py.SoftLink("/none"))
        if not is_column:
            yield f"{name} is a column", put(name, np.zeros(3))
            yield f"{name} is the root", link(name, source["/"] and h5py.SoftLink("/"))
            continue
        values = source[name][:]
        for what, changed in column_mutations(values):
            yield f"{name} is {what}", put(name, changed)
        width = values.shape[1:]
        yield f"{name} claims 2^40 rows", claim(name, (2**40,) + width, values.dtype)
        yield (f"{name} claims 2^40 rows, compressed",
               claim(name, (2**40,) + width, values.dtype, chunks=(1024,) + width,
                     compression="gzip"))
        yield f"{name} is a group", lambda file, name=name: (remove(name)(file),
                                                             file.create_group(name))
    for name in ["/"] + [name for name, _ in objects]:
        for key, value in source[name].attrs.items():
            if key in WORDS:
                continue

            def drop(file, name=name, key=key):
                del file[name].attrs[key]

            yield f"{name}@{key} is missing", drop
            for what, changed in attribute_mutations(value):
                def edit(file, name=name, key=key, changed=changed):
                    file[name].attrs[key] = changed
                yield f"{name}@{key} is {what}", edit


def main(path, folder, start, stride):
    number = 0
    with h5py.File(path) as source:
        for what, edit in itertools.islice(edits(source), int(start), None, int(stride)):
            target = f"{folder}/{number}.h5"
            shutil.copy(path, target)
            try:
                with h5py.File(target, "r+") as file:
                    edit(file)
            except (OverflowError, TypeError, ValueError):
                continue  # what HDF5 cannot hold
            print(what.replace("\n", " "))
            number += 1


main(*sys.argv[1:])
