"""The attribution network: which words head a cue, and which words are its source and its content.

The network is trained by ``training/attribution`` (its card is in ``sayso/models/attribution``) and run here in NumPy:
it is small enough that nothing more is needed, and an install has nothing more to break. The accurate reader's network
is of the same make but reads its words through an encoder as well (``attribution_encoder``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from sayso.errors import SaysoError
from sayso.reading.attribution_features import Ints, Tokens, Vocabulary, Window
from sayso.reading.threads import one_thread

if TYPE_CHECKING:
    from sayso.reading.attribution_encoder import Encoder

Floats = npt.NDArray[np.float32]

MODELS = Path(__file__).parent.parent / "models"
FOLDERS = {"fast": MODELS / "attribution", "accurate": MODELS / "attribution_accurate"}
"""Where the weights of each reader's network are."""
NONE, SOURCE, CUE, CONTENT = range(4)
ROLES = 4
_BATCH = 8
"""Windows convolved at once: enough to keep the processor busy, few enough to stay in its cache."""


@dataclass(slots=True)
class Proposal:
    """An attribution that the network proposes.

    ``anchor`` is the token that heads the cue, ``probability`` that it does; ``tokens`` are the tokens of the window,
    and ``roles`` a row for each of them with the probabilities that it is none, source, cue or content.
    """

    anchor: int
    probability: float
    tokens: Ints
    roles: Floats


class AttributionNetwork:
    """The trained network; read-only after loading."""

    def __init__(self, folder: Path, encoder: Encoder | None = None) -> None:
        self.encoder = encoder
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        self.vocabulary = Vocabulary(
            {
                name.removeprefix("vocabulary."): value
                for name, value in arrays.items()
                if name.startswith("vocabulary.")
            }
        )
        shape = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.dilations: list[int] = shape["dilations"]
        self.calibration: dict[str, float] = shape["calibration"]
        self.weights = {
            name: value.astype(np.float32) for name, value in arrays.items() if not name.startswith("vocabulary.")
        }
        self._fold()

    def _fold(self) -> None:
        """Multiply what is looked up by what it is multiplied with, once: embedding then costs one sum."""
        w = self.weights
        enter = w["enter.weight"].T
        tables = [w["vectors.weight"]] + [w[f"embed.{k}.weight"] for k in range(10)]
        edges = np.cumsum([0] + [table.shape[1] for table in tables])
        entered = [table @ enter[a:b] for table, a, b in zip(tables, edges, edges[1:], strict=False)]
        # The word's fixed vector and its trained one are looked up by the same number.
        self.enter = [entered[0] + entered[1], *entered[2:]]
        self.enter_encoded = enter[edges[-1] :]
        self.kernels = [
            np.ascontiguousarray(w[f"convolve.{k}.weight"].transpose(2, 1, 0)) for k in range(len(self.dilations))
        ]

    def read(self, doc: Doc, least: float) -> list[Proposal]:
        """Return a proposal for each token whose probability of heading a cue is at least ``least``, in text order."""
        with one_thread():
            return self._read(doc, least)

    def _read(self, doc: Doc, least: float) -> list[Proposal]:
        tokens = Tokens(doc)
        words = tokens.words(self.vocabulary)
        found: list[Proposal] = []
        meanings = self._meanings(doc, tokens)
        for group in _groups(tokens.windows):
            inputs = [words[window.start : window.end] for window in group]
            encoded = self._encode(inputs, [meanings[window] for window in group] if meanings else None)
            for window, x in zip(group, encoded, strict=True):
                found += self._window(tokens, window, x[: window.end - window.start], least)
        return sorted(found, key=lambda proposal: proposal.anchor)

    def _meanings(self, doc: Doc, tokens: Tokens) -> dict[Window, Floats]:
        """Return the encoder's vectors for the words of each window, none where there is no encoder."""
        if self.encoder is None:
            return {}
        words = [
            [doc[i].text for i in tokens.positions[window.start : window.end].tolist()] for window in tokens.windows
        ]
        return dict(zip(tokens.windows, self.encoder.encode(words), strict=True))

    def _window(self, tokens: Tokens, window: Window, x: Floats, least: float) -> list[Proposal]:
        probabilities = _sigmoid(self._anchors(x))
        anchors = np.flatnonzero(probabilities >= least)
        if not len(anchors):
            return []
        places = tokens.positions[window.start : window.end]
        pairs, products = self._alone(x)
        found = []
        for anchor in anchors.tolist():
            relations = tokens.relations(window.start + anchor, window, self.vocabulary)
            roles = _softmax(self._roles(pairs, products, x[anchor], relations))
            found.append(Proposal(int(places[anchor]), float(probabilities[anchor]), places, roles))
        return found

    def _encode(self, group: list[Ints], meanings: list[Floats] | None) -> Floats:
        longest = max(map(len, group))
        w = self.weights
        entered: Floats = np.zeros((len(group), longest, len(w["enter.bias"])), np.float32)
        mask = np.zeros((len(group), longest, 1), np.float32)
        for k, words in enumerate(group):
            rows = sum(table[words[:, column]] for column, table in enumerate(self.enter))
            entered[k, : len(words)] = rows + w["enter.bias"]
            if meanings is not None:
                entered[k, : len(words)] += meanings[k] @ self.enter_encoded
            mask[k, : len(words)] = 1
        x = self._normed(entered, 0)
        for k, dilation in enumerate(self.dilations):
            x = self._normed(x + self._convolved(x * mask, k, dilation), k + 1)
        return x

    def _convolved(self, x: Floats, k: int, dilation: int) -> Floats:
        """Return a convolution over three words, ``dilation`` apart, and the greater of its two pieces."""
        before, here, after = self.kernels[k]
        out: Floats = x @ here + self.weights[f"convolve.{k}.bias"]
        if x.shape[1] > dilation:
            out[:, dilation:] += x[:, :-dilation] @ before
            out[:, :-dilation] += x[:, dilation:] @ after
        half = out.shape[-1] // 2
        return np.maximum(out[..., :half], out[..., half:])

    def _normed(self, x: Floats, k: int) -> Floats:
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-5)
        out: Floats = centred / spread * self.weights[f"norms.{k}.weight"] + self.weights[f"norms.{k}.bias"]
        return out

    def _anchors(self, x: Floats) -> Floats:
        w = self.weights
        hidden = np.maximum(x @ w["anchor_hidden.weight"].T + w["anchor_hidden.bias"], 0)
        out: Floats = (hidden @ w["anchor_out.weight"].T + w["anchor_out.bias"])[:, 0]
        return out

    def _alone(self, x: Floats) -> tuple[Floats, Floats]:
        """Return what each word brings to its roles beside any cue: a sum and a product are made of it and the cue."""
        w = self.weights
        return x @ w["word.weight"].T + w["word.bias"], x @ w["word_product.weight"].T

    def _roles(self, pairs: Floats, products: Floats, cue: Floats, relations: Ints) -> Floats:
        w = self.weights
        pair = pairs + w["cue.weight"] @ cue
        for k in range(relations.shape[1]):
            pair += w[f"relate.{k}.weight"][relations[:, k]]
        keys = (w["cue_product.weight"] @ cue).reshape(ROLES, -1)
        product = products @ keys.T / np.float32(np.sqrt(keys.shape[1]))
        out: Floats = np.maximum(pair, 0) @ w["role_out.weight"].T + w["role_out.bias"] + product
        return out


def folder_of(reader: str) -> Path:
    """Return where the weights of a reader's network are; raise SaysoError where there is no such reader."""
    if reader not in FOLDERS:
        raise SaysoError(f"no reader is called {reader!r}: choose {' or '.join(FOLDERS)}")
    return FOLDERS[reader]


def load_network(reader: str, folder: Path) -> AttributionNetwork:
    """Load a reader's network from a folder.

    Raises SaysoError where the libraries of the accurate reader are not installed.
    """
    if reader == "fast":
        return AttributionNetwork(folder)
    from sayso.reading.attribution_encoder import Encoder  # loads libraries that only this reader needs

    return AttributionNetwork(folder, Encoder(folder))


@cache
def shared_network(reader: str = "fast") -> AttributionNetwork:
    """Return the process's own network of a reader, loaded on first use."""
    return load_network(reader, folder_of(reader))


def _groups(windows: list[Window]) -> list[list[Window]]:
    """Group windows of like length: what the shorter ones are filled up with costs time."""
    ranked = sorted(windows, key=lambda window: window.end - window.start)
    return [ranked[i : i + _BATCH] for i in range(0, len(ranked), _BATCH)]


def _sigmoid(x: Floats) -> Floats:
    out: Floats = np.float32(1) / (np.float32(1) + np.exp(-x))
    return out


def _softmax(x: Floats) -> Floats:
    powers = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = powers / powers.sum(-1, keepdims=True)
    return out
