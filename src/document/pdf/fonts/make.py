"""regular.ttf and bold.ttf, which stand in for fonts that a PDF names and does not embed: `python make.py` (needs fonttools).

Where letters stand, and which they are, the PDF and the tables of its reader tell. Of a font's own outlines only the
thickness of the strokes is asked, so each has one square for every letter: half of its side is how thick it counts.
"""
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable


def square(side):
    pen = TTGlyphPen(None)
    if side:
        pen.moveTo((0, 0))
        for corner in [(0, side), (side, side), (side, 0)]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def every_letter():
    """All characters are the one glyph (format 13)."""
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language, table.format, table.reserved, table.length, table.nGroups = 3, 10, 0, 13, 0, 28, 1
    table.cmap = {c: "any" for c in range(0x110000)}
    cmap = newTable("cmap")
    cmap.tableVersion, cmap.tables = 0, [table]
    return cmap


def write(name, thickness):
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "any"])
    font.setupGlyf({".notdef": square(0), "any": square(2 * thickness)})
    font.setupHorizontalMetrics({".notdef": (500, 0), "any": (500, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.font["cmap"] = every_letter()
    font.setupMaxp()
    font.setupHead(unitsPerEm=1000, created=0, modified=0)
    font.font.recalcTimestamp = False
    font.font.save(Path(__file__).parent / name)


# What Helvetica and Helvetica Bold have in the mean, in thousandths of an em.
write("regular.ttf", 80)
write("bold.ttf", 130)
