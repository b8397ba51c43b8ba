"""Writes event files with TensorBoard's own messages and record writer.

    python3 -m venv /tmp/tb && /tmp/tb/bin/pip install tensorboard==2.21.0
    /tmp/tb/bin/python Tools/golden/event_files.py

Output: Tests/HoneStoreTests/Golden/events.out.tfevents.golden, whose bytes EventFileWriterTests
compares with those of EventFileWriter, and crc32c.json.
"""

import io
import json
import pathlib
import struct

from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2
from tensorboard.plugins.hparams import api_pb2, plugin_data_pb2
from tensorboard.summary.writer import record_writer

FOLDER = pathlib.Path(__file__).parents[2] / "Tests/HoneStoreTests/Golden"
TIME = 1_795_250_712.25


def event(tag, step, tensor=None, plugin=None, content=b"", data_class=0, simple=None):
    value = summary_pb2.Summary.Value(tag=tag)
    if simple is not None:
        value.simple_value = simple
    if tensor is not None:
        value.tensor.CopyFrom(tensor)
    if plugin is not None:
        value.metadata.plugin_data.plugin_name = plugin
        value.metadata.plugin_data.content = content
        value.metadata.data_class = data_class
    return event_pb2.Event(
        wall_time=TIME, step=step, summary=summary_pb2.Summary(value=[value]))


def tensor(dtype, shape, **content):
    result = tensor_pb2.TensorProto(dtype=dtype, **content)
    for size in shape:
        result.tensor_shape.dim.add(size=size)
    return result


def null_tensor():
    return tensor(1, [0])


def hparams():
    experiment = api_pb2.Experiment(time_created_secs=TIME)
    rate = experiment.hparam_infos.add(name="optimizer.learningRate", type=3)
    assert rate.type == api_pb2.DATA_TYPE_FLOAT64
    experiment.hparam_infos.add(name="model.name", type=1)
    experiment.hparam_infos.add(name="data.stratify", type=2)
    experiment.metric_infos.add().name.tag = "epoch/validationMetric"
    start = plugin_data_pb2.SessionStartInfo(group_name="run-1", start_time_secs=TIME)
    # One at a time and in order: a map's entries have none of their own.
    start.hparams["optimizer.learningRate"].number_value = 0.001
    end = plugin_data_pb2.SessionEndInfo(status=1, end_time_secs=TIME)
    for tag, content in [
        ("_hparams_/experiment", plugin_data_pb2.HParamsPluginData(experiment=experiment)),
        ("_hparams_/session_start_info",
         plugin_data_pb2.HParamsPluginData(session_start_info=start)),
        ("_hparams_/session_end_info", plugin_data_pb2.HParamsPluginData(session_end_info=end)),
    ]:
        yield event(tag, 0, null_tensor(), "hparams", content.SerializeToString(), 1)


def events():
    yield event_pb2.Event(wall_time=TIME, file_version="brain.Event:2")
    yield event("loss", 1, simple=0.5)
    yield event("loss", 300, simple=0.0)
    yield event("손실", 2**40, simple=float("inf"))
    rows = [(0.0, 1.0, 3.0), (1.0, 2.0, 0.0), (2.0, 3.0, 1.0)]
    content = b"".join(struct.pack("<ddd", *row) for row in rows)
    yield event("weights", 7, tensor(2, [3, 3], tensor_content=content), "histograms", b"", 2)
    yield event("text", 7, tensor(7, [1], string_val=["**가** b".encode()]), "text", b"", 2)
    yield event(
        "image", 7, tensor(7, [3], string_val=[b"2", b"1", b"\x89PNG"]), "images", b"", 3)
    yield from hparams()


def main():
    FOLDER.mkdir(exist_ok=True)
    output = io.BytesIO()
    writer = record_writer.RecordWriter(output)
    for item in events():
        writer.write(item.SerializeToString(deterministic=True))
    (FOLDER / "events.out.tfevents.golden").write_bytes(output.getvalue())
    texts = ["", "a", "123456789", "Hone" * 100]
    from tensorboard.compat.tensorflow_stub import pywrap_tensorflow
    sums = {text: pywrap_tensorflow.masked_crc32c(text.encode()) for text in texts}
    (FOLDER / "crc32c.json").write_text(json.dumps(sums, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
