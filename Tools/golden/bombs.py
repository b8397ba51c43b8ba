"""Writes a small gzip file that inflates to very much.

    python Tools/golden/bombs.py
"""

import gzip
import pathlib

TARGET = pathlib.Path(__file__).resolve().parents[2] / "Tests/HoneDataTests/Fixtures/zeros.csv.gz"

TARGET.write_bytes(gzip.compress(b"a,b\n" + b"0" * (70 << 20), 9, mtime=0))
