"""Data for the pictures of findings: the bundled digits as tables and folders of images, sound or with one fault."""
import csv
import random
import struct

from proving import ROOT

COUNT, PIXELS = 1797, 64
MIDDLE = 28


def digits():
    """The pixels of each bundled digit, 0 to 16, and the labels."""
    content = (ROOT / "Sources/CAssets/digits.bin").read_bytes()
    pixels = [list(content[i * PIXELS:(i + 1) * PIXELS]) for i in range(COUNT)]
    return pixels, list(content[COUNT * PIXELS:])


def rows():
    """A row for each digit: its pixels and its name."""
    return [pixels + [f"d{label}"] for pixels, label in zip(*digits())]


def table(folder, name, content, target="digit", names=None):
    """Writes rows as CSV; the source as a run takes it."""
    path = folder / f"{name}.csv"
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow((names or [f"p{i}" for i in range(PIXELS)]) + [target])
        writer.writerows(content)
    return {"source": str(path), "target": target, "rows": content}


def plain(folder):
    return table(folder, "plain", rows())


def parity(folder):
    """Even and odd digits: no plane parts them."""
    pixels, labels = digits()
    return table(folder, "parity", [p + ["odd" if l % 2 else "even"] for p, l in zip(pixels, labels)], "parity")


def ink(folder):
    """The sum of the pixels as a number to predict, in a unit that gives about 40 of deviation."""
    return table(folder, "ink", [pixels + [sum(pixels)] for pixels in digits()[0]], "ink")


def noisy(folder, share=0.4):
    """A share of labels drawn anew."""
    draw = random.Random(1)
    content = [row[:-1] + [f"d{draw.randrange(10)}"] if draw.random() < share else row for row in rows()]
    return table(folder, f"noisy{share}", content)


def doubtful(folder):
    return noisy(folder, 0.1)


def shuffled(folder, copies):
    """Labels that say nothing about the pixels; each row so many times."""
    draw = random.Random(2)
    labels = [row[-1] for row in rows()]
    draw.shuffle(labels)
    content = [row[:-1] + [label] for row, label in zip(rows(), labels)] * copies
    return table(folder, f"shuffled{copies}", content)


def repeated(folder):
    """600 rows more, copies of rows drawn at random."""
    draw, content = random.Random(3), rows()
    return table(folder, "repeated", content + [draw.choice(content) for _ in range(600)])


def gaps(folder):
    """The middle pixel missing in 7 of 10 rows."""
    draw, content = random.Random(4), rows()
    for row in content:
        row[MIDDLE] = "" if draw.random() < 0.7 else row[MIDDLE]
    return table(folder, "gaps", content)


def slips(folder):
    """The middle pixel a hundred times too large in 1 of 100 rows."""
    draw, content = random.Random(5), rows()
    for row in content:
        row[MIDDLE] = row[MIDDLE] * 100 if draw.random() < 0.01 else row[MIDDLE]
    return table(folder, "slips", content)


def varying(folder):
    """Without the columns that hold one value."""
    content = rows()
    kept = [i for i in range(PIXELS) if len({row[i] for row in content}) > 1]
    names = [f"p{i}" for i in kept]
    return table(folder, "varying", [[row[i] for i in kept] + row[-1:] for row in content], names=names)


def bitmap(pixels):
    """An image of 8x8 grey bytes as BMP."""
    size = 14 + 40 + 1024
    head = struct.pack("<2sIHHI", b"BM", size + PIXELS, 0, 0, size)
    head += struct.pack("<IiiHHIIiiII", 40, 8, 8, 1, 8, 0, PIXELS, 2835, 2835, 256, 0)
    palette = b"".join(bytes((i, i, i, 0)) for i in range(256))
    return head + palette + b"".join(bytes(pixels[8 * row:8 * row + 8]) for row in range(7, -1, -1))


def images(folder, name, change=lambda number, part, pixels: pixels, keep=lambda label, part, seen: True, cut=()):
    """A folder of images in class folders under train, val and test (every fourth and fifth); pixels 0 to 255."""
    place, seen, kept = folder / name, {}, []
    for number, (pixels, label) in enumerate(zip(*digits())):
        part = {3: "val", 4: "test"}.get(number % 5, "train")
        seen[part, label] = seen.get((part, label), 0) + 1
        if not keep(label, part, seen[part, label]):
            continue
        levels = change(number, part, [min(255, value * 16) for value in pixels])
        content = bitmap(levels)
        path = place / part / f"d{label}" / f"{number:04}.bmp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content[:700] if number in cut else content)
        kept.append((part, label, levels, number in cut))
    return {"source": str(place), "images": kept}


def pictures(folder):
    return images(folder, "sound")


def rare(folder):
    """Three classes with six training images each."""
    return images(folder, "rare", keep=lambda label, part, seen: part != "train" or label not in (3, 8, 9) or seen <= 6)


def dark(folder):
    """Validation and test images of a quarter of the light."""
    return images(folder, "dark", lambda _, part, p: p if part == "train" else [v // 4 for v in p])


def mixed(folder):
    """A quarter of the images stored from 0 to 1."""
    draw = random.Random(6)
    chosen = {number for number in range(COUNT) if draw.random() < 0.25}
    return images(folder, "mixed", lambda number, _, p: [round(v / 255) for v in p] if number in chosen else p)


def broken(folder):
    """One training file in five ends before its pixels."""
    draw = random.Random(7)
    return images(folder, "broken", cut={n for n in range(COUNT) if n % 5 < 3 and draw.random() < 0.2})
