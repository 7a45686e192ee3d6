"""Writes event_file.json: the bytes that TensorBoard's own writer and messages give."""

import hashlib
import io
import json
import pathlib

import tensorboard
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.histogram_pb2 import HistogramProto
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData
from tensorboard.summary.writer.record_writer import RecordWriter


class Buffer(io.BytesIO):
    def close(self):
        pass


def scalars(step, wall_time, values):
    summary = Summary(value=[Summary.Value(tag=t, simple_value=v) for t, v in values])
    return Event(wall_time=wall_time, step=step, summary=summary)


buffer = Buffer()
writer = RecordWriter(buffer)
writer.write(Event(wall_time=1700000000.25, file_version="brain.Event:2").SerializeToString())
for event in (
    scalars(3, 1700000001.5, [("train.loss", 0.5), ("validation.f1", 0.75)]),
    scalars(300, 1700000002.5, [("train.loss", 0.25)]),
):
    writer.write(event.SerializeToString())


def hparams(tag, data):
    """As tensorboard/plugins/hparams/summary_v2.py makes it; fields in the order of their numbers."""
    value = Summary.Value(tag="_hparams_/" + tag)
    value.tensor.CopyFrom(TensorProto(dtype=1, tensor_shape=TensorShapeProto(dim=[TensorShapeProto.Dim()])))
    value.metadata.plugin_data.plugin_name = "hparams"
    value.metadata.plugin_data.content = data
    return Summary(value=[value]).SerializeToString()


def plugin(start=None, end=None):
    """Version 0 is written out, which this library leaves to the reader."""
    data = HParamsPluginData()
    if start is not None:
        settings, seconds = start
        for name, setting in settings:
            slot = data.session_start_info.hparams[name]
            kind = {bool: "bool_value", str: "string_value"}.get(type(setting), "number_value")
            setattr(slot, kind, setting)
        group = "".join(f"{name}={json.dumps(setting, separators=(',', ':'))}\n" for name, setting in GROUPED)
        data.session_start_info.group_name = hashlib.sha256(group.encode()).hexdigest()[:16]
        data.session_start_info.start_time_secs = seconds
    else:
        data.session_end_info.status = 1
        data.session_end_info.end_time_secs = end
    return b"\x08\x00" + data.SerializeToString(deterministic=True)


SETTINGS = [("flag", True), ("hidden", "[8,4]"), ("lr", 0.001), ("name", "mlp"), ("seed", 7)]
GROUPED = [("flag", True), ("hidden", [8, 4]), ("lr", 0.001), ("name", "mlp")]
width = 15 / 30
counts = [0.0] * 30
for x in range(16):
    counts[min(29, int(x / width))] += 1
histogram = HistogramProto(min=0, max=15, num=16, sum=120, sum_squares=1240, bucket=counts,
                           bucket_limit=[width * b for b in range(1, 31)])
distributions = Summary(value=[Summary.Value(tag="weights/a/weight", histo=histogram)]).SerializeToString()
path = pathlib.Path(__file__).with_name("event_file.json")
path.write_text(
    json.dumps(
        {
            "made_by": "tensorboard " + tensorboard.__version__,
            "hex": buffer.getvalue().hex(),
            "session_start": hparams("session_start_info", plugin(start=(SETTINGS, 5.0))).hex(),
            "session_end": hparams("session_end_info", plugin(end=9.0)).hex(),
            "distributions": distributions.hex(),
        }
    )
    + "\n"
)
