"""The sentence encoder of the accurate reader: what each word means where it stands, as a vector.

The encoder is a small transformer that was trained together with the network that reads its vectors
(``training/attribution``; its card is in ``sayso/models/attribution_accurate``). ONNX Runtime runs it, one thread; what
it needs is installed by the extra ``sayso[accurate]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.errors import SaysoError
from sayso.reading.attribution_features import Ints

try:
    import onnxruntime

    from sayso.reading.attribution_pieces import Cutter, Pieces
except ImportError as error:
    raise SaysoError(
        f"the accurate reader needs libraries that are not installed ({error.name}): pip install 'sayso[accurate]'"
    ) from error

Floats = npt.NDArray[np.float32]

AT_ONCE = {"CUDAExecutionProvider": 16_384, "CPUExecutionProvider": 512}
"""What may run the encoder, the first that can, and the word pieces that it is given at once.

A processor takes a sixth longer for each where windows are read by eights, as its cache is too small for them.
"""


def providers() -> list[str]:
    """Return what runs the encoder, the first that can: a GPU where ``onnxruntime-gpu`` is installed, then the CPU."""
    available = onnxruntime.get_available_providers()
    return [provider for provider in AT_ONCE if provider in available]


class Encoder:
    """The trained encoder; read-only after loading.

    ``at_once`` is the number of word pieces, filling included, that it is run on at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._cutter = Cutter(folder / "tokenizer.json")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # The weights are stored as bytes and are to be widened once, on loading, not on every run.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self._session = onnxruntime.InferenceSession(folder / "encoder.onnx", options, providers=providers())
        self.at_once = AT_ONCE[self._session.get_providers()[0]]

    def encode(self, windows: Sequence[Sequence[str]]) -> list[Floats]:
        """Return a row for each word of each window: the mean of its pieces' vectors, nought where it has none."""
        cut = [self._cutter.cut(words) for words in windows]
        vectors: list[Floats] = [np.empty(0, np.float32)] * len(cut)
        for group in together([len(pieces.ids) for pieces in cut], self.at_once):
            hidden = self._run([cut[k] for k in group])
            for k, of_pieces in zip(group, hidden, strict=True):
                vectors[k] = _by_word(of_pieces, cut[k], len(windows[k]))
        return vectors

    def _run(self, cut: list[Pieces]) -> Floats:
        """Return the vectors of the pieces of some windows, which are filled up to the length of the longest."""
        longest = max(len(pieces.ids) for pieces in cut)
        ids, mask = np.zeros((len(cut), longest), np.int64), np.zeros((len(cut), longest), np.int64)
        for row, pieces in enumerate(cut):
            ids[row, : len(pieces.ids)] = pieces.ids
            mask[row, : len(pieces.ids)] = 1
        hidden: Floats = self._session.run(None, {"ids": ids, "mask": mask})[0]
        return hidden


def together(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Yield groups of positions of like length, each of which is no more than ``most`` long when filled up.

    One that is longer than that is a group of its own.
    """
    group: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and lengths[position] * (len(group) + 1) > most:
            yield group
            group = []
        group.append(position)
    if group:
        yield group


def _by_word(hidden: Floats, pieces: Pieces, length: int) -> Floats:
    of: Ints = pieces.words
    inside = np.flatnonzero(of >= 0)
    out: Floats = np.zeros((length, hidden.shape[1]), np.float32)
    if len(inside):
        starts = np.flatnonzero(np.diff(of[inside], prepend=-1))
        sums = np.add.reduceat(hidden[inside], starts)
        counts = np.diff(starts, append=len(inside)).astype(np.float32)
        out[of[inside][starts]] = sums / counts[:, None]
    return out
