"""Makes the bundled font: the characters of Chinese contracts, out of Noto Serif SC Regular.

usage: subset.py NotoSerifSC_400Regular.ttf Unihan_OtherMappings.txt.bz2 OUT.ttf
Needs fontTools (Debian: fonttools). The result depends on nothing but the inputs and fontTools' version.
"""

import bz2
import io
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

BLOCKS = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1: × ÷ ± ° § © ® and foreign names
    (0x2010, 0x2027),  # dashes, quotation marks, daggers, bullet, ellipsis
    (0x2030, 0x203B),  # per mille, primes, guillemets, reference mark
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # ℃ № ℡ ™
    (0x2150, 0x218B),  # fractions, Roman numerals
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # ≤ ≥ ≠ ≈ ∑ ∴ √
    (0x2460, 0x24FF),  # ① ⑴ ⒈
    (0x2500, 0x257F),  # box drawing
    (0x25A0, 0x25FF),  # □ ■ ○ ● ◎ ◇ ◆ △ ▲
    (0x2600, 0x2613),  # ★ ☆ (Noto Serif SC has no ☐ ☑ ☒)
    (0x2713, 0x2717),  # ✓ ✔ ✕ ✗
    (0x3000, 0x303F),  # CJK punctuation, 〇 〔 〕
    (0x3200, 0x33FF),  # ㈠ ㈱ ㎡ ㎏ ㏄
    (0xFE10, 0xFE4F),  # vertical and compatibility punctuation
    (0xFF01, 0xFFEE),  # full-width forms, ￥
]


def gb2312():
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                yield ord(bytes([lead, trail]).decode("gb2312"))
            except UnicodeDecodeError:
                pass


def general_standard_characters(unihan):
    """The 8105 characters of the Table of General Standard Chinese Characters (2013), by Unihan's kTGH."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            if len(fields) == 3 and fields[1] == "kTGH":
                yield int(fields[0][2:], 16)


def main(source, unihan, target):
    wanted = {c for first, last in BLOCKS for c in range(first, last + 1)}
    wanted.update(gb2312())
    standard = set(general_standard_characters(unihan))
    assert len(standard) >= 8105, len(standard)
    wanted.update(standard)

    font = TTFont(source, recalcTimestamp=False)
    covered = set(font.getBestCmap())
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG", "gasp"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & covered)
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    with open(target, "wb") as file:
        file.write(buffer.getvalue())
    missing = sorted(standard - covered)
    print(f"{len(wanted & covered)} characters, {font['maxp'].numGlyphs} glyphs, {buffer.tell()} bytes")
    print("of the 8105 not in the font:", "".join(map(chr, missing)) or "none")


if __name__ == "__main__":
    main(*sys.argv[1:])
