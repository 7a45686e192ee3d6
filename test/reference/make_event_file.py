"""Writes event_file.json: the bytes that TensorBoard's own writer gives for three events."""

import io
import json
import pathlib

import tensorboard
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
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
path = pathlib.Path(__file__).with_name("event_file.json")
path.write_text(
    json.dumps({"made_by": "tensorboard " + tensorboard.__version__, "hex": buffer.getvalue().hex()}) + "\n"
)
