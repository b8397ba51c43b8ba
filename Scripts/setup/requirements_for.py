"""Prints what to install so that the installed torch wheel finds the named shared libraries.

The wheel's metadata asks for `cuda-toolkit[cublas,cudart,cupti,...]==13.0.3`; this prints the same
requirement with only the parts that hold the named libraries: `cuda-toolkit[cudart,cupti]==13.0.3`.
Fails when a library is none of the toolkit's, or when the metadata has another form.
"""

import re
import sys
from importlib import metadata


def part_of(library: str) -> str:
    """The toolkit's part that holds a library: libcudart.so.13 is in cudart."""
    match = re.fullmatch(r"lib(\w+?)(Lt|w|Mg)?\.so(\.\d+)*", library)
    if match is None:
        sys.exit(f"no name of a shared library: {library}")
    return match[1].lower()


def main() -> None:
    """Reads the libraries from the arguments and prints one requirement."""
    for requirement in metadata.requires("torch") or []:
        match = re.match(r"cuda-toolkit\[([\w,]+)\]\s*(==[\d.]+)", requirement)
        if match is None:
            continue
        parts = {part_of(library) for library in sys.argv[1:]}
        unknown = parts - set(match[1].split(","))
        if unknown:
            sys.exit(f"not parts of the CUDA toolkit: {', '.join(sorted(unknown))}")
        print(f"cuda-toolkit[{','.join(sorted(parts))}]{match[2]}")
        return
    sys.exit("the installed torch asks for no CUDA toolkit")


if __name__ == "__main__":
    main()
