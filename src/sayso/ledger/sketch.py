"""Sketches: a few hundred bytes that tell how much of one text stands in another.

A text is the set of its runs of five words (shingles, Broder 1997). Every run has a hash of 32 bits, and the sketch
keeps those below a fixed limit, one in eight: the same sample of whatever text they stand in, so that two sketches can
be compared however different the texts are in length (mod-m sketches, Broder 1997; FracMinHash, Irber et al. 2022). A
short text keeps its 64 smallest hashes, which is all of them up to 68 words; a long one stops at 1,024.

Own code, since what is common does not fit: MinHash with locality-sensitive hashing (datasketch, rensa) looks for equal
sets and loses the excerpt that is a third of its original, and datasketch's LSH Ensemble, made for containment, takes
no documents after it was built.

Sketches are stored, so the numbers below never change: text in NFC, casefolded, without apostrophes and invisible
characters, the stops of abbreviations left out ("U.S." is "us"); words are runs of letters and digits; quoted words and
numbers count, quotation marks and other punctuation do not, since house styles change them. A run is the UTF-8 of its
words with a blank between, as the digits of a number to the base ``_BASE`` modulo 2^64, mixed by the finaliser of
SplitMix64 (Steele, Lea & Flood 2014), of which the highest 31 bits are kept. The lowest bit of a hash is no chance: it
says that a figure stands in the run. Two articles have a hash in common by chance once in 60,000 pairs.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from sayso.records import Record

Sketch = NDArray[np.uint32]
"""Hashes in ascending order, each once."""

RUN = 5
"""Words in a run."""
FEWEST, MOST = 64, 1024
"""Hashes that a sketch keeps at least, where the text has as many, and at most."""
LIMIT = 1 << 29
"""Hashes below are kept: one in eight."""
LONGEST = 1_000_000
"""Characters of a text that are looked at."""

_BASE = 0x9E37_79B9_7F4A_7C15
_BASE_INVERSE = pow(_BASE, -1, 1 << 64)
_APOSTROPHES = re.compile("['’ʼ\u00ad\u200b-\u200d\u2060\ufeff]")
_ABBREVIATION = re.compile(r"\b[^\W\d_]\.(?:[^\W\d_]\.)+")
_WORD = re.compile(r"[^\W_]+")
_ALL = np.uint32(2**32 - 1)
_FIGURE = np.uint32(1)


def sketch_of(record: Record) -> Sketch:
    """Return the sketch of what is article in a record: menus and credits do not count."""
    return sketch(body_text(record))


def body_text(record: Record) -> str:
    """Return the article alone, all of the text where no part of it was told to be the article."""
    return " ".join(record.text[start:end] for start, end in record.body) or record.text


def sketch(text: str) -> Sketch:
    """Return the sketch of a text; that of a text without a word is empty."""
    hashes = np.unique(_hashes(words(text)))
    within = int(hashes.searchsorted(np.uint32(LIMIT)))
    return hashes[: min(max(within, FEWEST), MOST)].copy()  # a copy, so that the rest is let go


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    plain = unicodedata.normalize("NFC", text[:LONGEST].casefold())
    plain = _APOSTROPHES.sub("", plain)
    plain = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), plain)
    return _WORD.findall(plain)


def containment(one: Sketch, other: Sketch) -> float:
    """Return the share of the smaller text's runs that the larger has, 0 to 1; 0 where either has none."""
    both, in_one, in_other = overlap(one, other)
    return both / min(in_one, in_other) if in_one and in_other else 0.0


def resemblance(one: Sketch, other: Sketch) -> float:
    """Return the runs that both texts have as a share of those that either has (Jaccard), 0 to 1."""
    both, in_one, in_other = overlap(one, other)
    return both / (in_one + in_other - both) if in_one + in_other else 0.0


def overlap(one: Sketch, other: Sketch) -> tuple[int, int, int]:
    """Return how many hashes are shared, and how many of either can be compared."""
    one, other = comparable(one, other)
    return len(shared(one, other)), len(one), len(other)


def comparable(one: Sketch, other: Sketch) -> tuple[Sketch, Sketch]:
    """Return the part of either sketch that both would have kept."""
    reach = min(_reach(one), _reach(other))
    return one[: int(one.searchsorted(reach, "right"))], other[: int(other.searchsorted(reach, "right"))]


def shared(one: Sketch, other: Sketch) -> Sketch:
    """Return the hashes that stand in both."""
    if not len(one) or not len(other):
        return one[:0]
    place = other.searchsorted(one)
    place[place == len(other)] = 0
    both: Sketch = one[other[place] == one]
    return both


def with_figures(part: Sketch) -> Sketch:
    """Return the hashes of runs in which a figure stands."""
    figures: Sketch = part[(part & _FIGURE) == _FIGURE]
    return figures


def pack(sketch: Sketch) -> bytes:
    """Return a sketch as bytes, four a hash, least byte first."""
    return sketch.astype("<u4").tobytes()


def unpack(packed: bytes) -> Sketch:
    """Return the sketch that ``pack`` made bytes of."""
    return np.frombuffer(packed, dtype="<u4").astype(np.uint32, copy=False)


def _reach(sketch: Sketch) -> np.uint32:
    """Return up to which value a sketch holds every hash of its text."""
    if len(sketch) < FEWEST:
        return _ALL
    if sketch[-1] >= LIMIT or len(sketch) == MOST:
        return np.uint32(sketch[-1])
    return np.uint32(LIMIT - 1)


def _hashes(of: list[str]) -> NDArray[np.uint32]:
    """Return the hash of every run of words, in text order; of a text shorter than a run the hash of all of it."""
    if not of:
        return np.empty(0, dtype=np.uint32)
    line = np.frombuffer(" ".join(of).encode("utf-8", "surrogatepass"), dtype=np.uint8)
    gaps = np.flatnonzero(line == ord(" "))
    starts = np.concatenate(([0], gaps + 1))
    ends = np.concatenate((gaps, [len(line)]))
    run = min(RUN, len(of))
    starts, ends = starts[: len(of) - run + 1], ends[run - 1 :]
    sums = np.cumsum(line * _powers(_BASE, len(line)), dtype=np.uint64)
    before = np.where(starts > 0, sums[starts - 1], np.uint64(0))
    value = (sums[ends - 1] - before) * _powers(_BASE_INVERSE, len(line))[starts]
    figures = np.flatnonzero((line >= ord("0")) & (line <= ord("9")))
    with_figure = figures.searchsorted(ends) > figures.searchsorted(starts)
    return (_mixed(value) >> np.uint64(33) << np.uint64(1) | with_figure).astype(np.uint32)


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """Return the first powers of a number modulo 2^64, from the zeroth on."""
    factors = np.full(count, base, dtype=np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)


def _mixed(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return SplitMix64's finaliser of every value: each bit in hangs on each bit out."""
    value = value ^ (value >> np.uint64(30))
    value = value * np.uint64(0xBF58_476D_1CE4_E5B9)
    value = value ^ (value >> np.uint64(27))
    value = value * np.uint64(0x94D0_49BB_1331_11EB)
    return value ^ (value >> np.uint64(31))
