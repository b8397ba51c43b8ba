"""Writes the direction numbers of HoneSearch's Sobol sequence from SciPy's table.

The numbers are those of Joe and Kuo ("Constructing Sobol sequences with better two-dimensional
projections", SIAM J. Sci. Comput. 30, 2008; file new-joe-kuo-6).

Run from the repository's root, with numpy and scipy installed:

    python Tools/golden/sobol_table.py
"""

import os
import pathlib

import numpy as np
import scipy.stats

DIMENSIONS = 64
OUTPUT = pathlib.Path("Sources/HoneSearch/Samplers/SobolDirections.generated.swift")

table = np.load(os.path.join(os.path.dirname(scipy.stats.__file__), "_sobol_direction_numbers.npz"))
polynomials = [int(value) for value in table["poly"][:DIMENSIONS]]
lines = []
for dimension in range(DIMENSIONS):
    degree = polynomials[dimension].bit_length() - 1
    start = [int(value) for value in table["vinit"][dimension][:max(degree, 1)]]
    lines.append(f"    ({polynomials[dimension]}, {start}),")
OUTPUT.write_text(
    "// Written by Tools/golden/sobol_table.py; do not edit.\n\n"
    "/// Primitive polynomials, bits with the leading one, and first direction numbers, from the file\n"
    "/// new-joe-kuo-6 of Joe and Kuo (2008).\n"
    "enum SobolDirections {\n"
    "  static let table: [(polynomial: Int, start: [UInt32])] = [\n" + "\n".join(lines) + "\n  ]\n}\n")
