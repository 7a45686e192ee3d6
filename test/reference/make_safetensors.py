"""Writes safetensors.json: the bytes that the safetensors package gives for a few tensors."""

import json
import pathlib

import safetensors.torch
import torch

tensors = {
    "b.weight": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4,
    "a.count": torch.tensor(7, dtype=torch.int64),
    "c.half": torch.tensor([1.0, -2.0], dtype=torch.bfloat16),
    "d.double": torch.tensor([0.1], dtype=torch.float64),
    "e.mask": torch.tensor([True, False, True]),
    "f.empty": torch.zeros(0, 4),
    "g.byte": torch.tensor([1, 2, 255], dtype=torch.uint8),
}
data = safetensors.torch.save(tensors, metadata={"format": "pt"})
path = pathlib.Path(__file__).with_name("safetensors.json")
path.write_text(json.dumps({"made_by": "safetensors " + safetensors.__version__, "hex": data.hex()}) + "\n")
