#!/usr/bin/env python3
"""Builds assets/fonts/*.ttf from the npm package @fontsource/open-sans.

    npm pack @fontsource/open-sans@5.3.0 && tar xzf fontsource-open-sans-5.3.0.tgz
    python3 -m venv venv && venv/bin/pip install fonttools brotli
    venv/bin/python scripts/build-fonts.py package

The package ships each weight in pieces by script. Latin, Greek, Cyrillic, Vietnamese and the signs are merged into
one TrueType file per weight. Hinting is dropped (browsers and resvg scale outlines), and so are the layout tables: this
release of Open Sans has no kerning, and ligatures would make a label's width depend on who shapes it. Five arrows, which
Open Sans lacks and which labels like to use, are added.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PIECES = ["latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese", "math", "symbols"]
WEIGHTS = {400: "Regular", 600: "SemiBold"}
DROPPED = ("fpgm", "prep", "cvt ", "gasp", "STAT", "GSUB", "GPOS", "GDEF")
TARGET = Path(__file__).resolve().parent.parent / "assets" / "fonts"


def merge(package, weight, scratch):
    """One font of all pieces of a weight."""
    paths = []
    for piece in PIECES:
        font = TTFont(package / "files" / f"open-sans-{piece}-{weight}-normal.woff2")
        font.flavor = None
        for table in DROPPED:
            if table in font:
                del font[table]
        path = Path(scratch) / f"{piece}-{weight}.ttf"
        font.save(path)
        paths.append(str(path))
    return Merger().merge(paths)


def bounds(font, char):
    """Left, bottom, right and top of a glyph."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(pen)
    return pen.bounds


def polygon(points):
    pen = TTGlyphPen(None)
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def add_arrows(font):
    """Draws the four arrows and the two-headed one, as thick as the hyphen and on the plus sign's axis."""
    _, low, _, high = bounds(font, "\u2212")
    middle, half = (low + high) // 2, int(high - low) // 2
    length, head, margin = 1500, 420, 140
    left, right = margin, margin + length
    half_right = [(left, half), (right - head, half), (right - head, head * 4 // 5), (right, 0)]
    right_arrow = half_right + [(x, -y) for x, y in reversed(half_right[:-1])]
    both = [(left, 0), (left + head, head * 4 // 5), (left + head, half), (right - head, half),
            (right - head, head * 4 // 5), (right, 0)]
    both += [(x, -y) for x, y in reversed(both[1:-1])]
    mirrored = lambda points: [(left + right - x, y) for x, y in reversed(points)]
    upright = lambda points: [(-y + margin + head, x - margin) for x, y in points]
    lifted = lambda points: [(round(x), round(y + middle)) for x, y in points]
    width, narrow = length + 2 * margin, 2 * (head + margin)
    drawings = {
        0x2190: (lifted(mirrored(right_arrow)), width),
        0x2192: (lifted(right_arrow), width),
        0x2194: (lifted(both), width),
        0x2191: ([(round(x), round(y)) for x, y in upright(right_arrow)], narrow),
        0x2193: ([(round(x), round(length - y)) for x, y in reversed(upright(right_arrow))], narrow),
    }
    order = font.getGlyphOrder()
    for code, (points, advance) in drawings.items():
        name = f"uni{code:04X}"
        if code in font.getBestCmap():
            continue
        order.append(name)
        font["glyf"][name] = polygon(points[::-1])
        font["hmtx"][name] = (advance, min(x for x, _ in points))
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
    font.setGlyphOrder(order)


def tidy(font):
    """Drops the glyphs that no character reaches, and names that nobody reads."""
    options = Options()
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.glyph_names = False
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(font.getBestCmap()))
    subsetter.subset(font)


def main():
    package = Path(sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight, name in WEIGHTS.items():
        with tempfile.TemporaryDirectory() as scratch:
            font = merge(package, weight, scratch)
            add_arrows(font)
            tidy(font)
            font["head"].modified = font["head"].created
            font.recalcTimestamp = False
            path = TARGET / f"OpenSans-{name}.ttf"
            font.save(path)
            print(f"{path.name}: {path.stat().st_size} bytes, {len(font.getBestCmap())} characters")
    (TARGET / "OFL.txt").write_text((package / "LICENSE").read_text().rstrip() + "\n")


main()
