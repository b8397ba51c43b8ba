"""What the parts of Scripts/prove share: running commands, reading arrays, heading pages."""
import array
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
HONE = ROOT / ".build/release/hone"
RESULTS = ROOT / "Documentation/Results"


def hone(*arguments, folder):
    """Runs a command with --json and gives its object and the seconds that it took."""
    start = time.monotonic()
    result = subprocess.run(
        [HONE, *arguments, "--json", "--lang", "en"], cwd=folder, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"prove: hone {' '.join(arguments)} ended with {result.returncode}: {result.stderr[-2000:]}")
    return json.loads(result.stdout), time.monotonic() - start


def machine():
    model = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return f"{model}, {os.cpu_count()} cores, {platform.system()}"


def header(title, command):
    today = datetime.date.today().isoformat()
    return f"# {title}\n\nMade by `{command}` on {today}; {machine()}.\n\n"


def arrays(path):
    """The arrays of a safetensors file: name to shape and numbers."""
    content = pathlib.Path(path).read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    found = {}
    for name, entry in json.loads(content[8:start]).items():
        if name == "__metadata__":
            continue
        numbers = array.array({"F32": "f", "F64": "d", "I32": "i", "I64": "q"}[entry["dtype"]])
        first, end = entry["data_offsets"]
        numbers.frombytes(content[start + first:start + end])
        found[name] = (entry["shape"], numbers)
    return found


def rows(array_of_two):
    """The rows of a shape and its numbers."""
    (count, width), numbers = array_of_two
    return [numbers[i * width:(i + 1) * width] for i in range(count)]
