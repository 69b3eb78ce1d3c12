#!/usr/bin/env python3
"""Derives the tables in src/ESign.Pdf/Content/Decoding/Data; run by hand when a source changes.

Adobe-*.bin   CID -> Unicode, from Adobe's "cmap-resources" (Debian: poppler-data), BSD-3-Clause, see LICENSE.Adobe.
glyphs.txt    glyph name -> Unicode, from the Adobe Glyph List (Debian: fonttools), BSD-3-Clause.
cff-strings.txt  the 391 standard strings of CFF (Adobe technical note 5176, appendix A).
folding.txt   compatibility characters -> plain ones (Unicode NFKC, from Python's unicodedata, and CJK radicals).
widths.txt    widths of the standard 14 fonts by Unicode (metric facts; Debian: fonts-urw-base35).
"""
import re
import struct
import sys
import unicodedata
import zlib

from fontTools import agl
from fontTools.cffLib import cffStandardStrings

CMAPS = "/usr/share/poppler/cMap/"
METRICS = "/usr/share/fonts/type1/urw-base35/"
OUT = sys.argv[1] if len(sys.argv) > 1 else "src/ESign.Pdf/Content/Decoding/Data/"


def mappings(path):
    text = open(path, encoding="latin1").read()
    for body in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", body):
            yield int(code, 16), bytes.fromhex(value)
    for body in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, one, many in re.findall(r"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[(.*?)\])", body, re.S):
            values = re.findall(r"<(\w+)>", many)
            for i in range(int(high, 16) - int(low, 16) + 1):
                first = bytes.fromhex(one or values[i])
                step = i if one else 0
                yield int(low, 16) + i, first[:-2] + (int.from_bytes(first[-2:], "big") + step).to_bytes(2, "big")


def without_variation_selectors(text):
    return "".join(c for c in text if not (0xFE00 <= ord(c) <= 0xFE0F or 0xE0100 <= ord(c) <= 0xE01EF))


def collection(name):
    """u16 count, u16 exceptions; deltas of the code units as a plane of high and a plane of low bytes; (u16 cid, u8 n, n bytes)*; zlib."""
    cids = {cid: without_variation_selectors(v.decode("utf-16-be", "surrogatepass")) for cid, v in mappings(f"{CMAPS}Adobe-{name}/Adobe-{name}-UCS2")}
    count = max(cids) + 1
    high, low, previous, exceptions = bytearray(), bytearray(), 0, b""
    for cid in range(count):
        utf16 = cids.get(cid, "").encode("utf-16-be")
        unit = int.from_bytes(utf16, "big") if len(utf16) == 2 else 0
        if len(utf16) > 2:
            exceptions += struct.pack(">HB", cid, len(utf16)) + utf16
        if unit == 0xFFFD:
            unit = 0
        delta = (unit - previous) & 0xFFFF
        previous = unit
        high.append(delta >> 8)
        low.append(delta & 0xFF)
    packed = struct.pack(">HI", count, len(exceptions)) + bytes(high) + bytes(low) + exceptions
    open(f"{OUT}Adobe-{name}.bin", "wb").write(zlib.compress(packed, 9))


def glyph_names():
    names = {n: ord(u) for n, u in ((n, chr(u)) for n, u in agl.AGL2UV.items())}
    for name, values in agl.LEGACY_AGL2UV.items():
        if len(values) == 1 and (values[0] < 0x530 or 0x2000 <= values[0] < 0x2800 or 0xFB00 <= values[0] < 0xFB07):
            names.setdefault(name, values[0])
    lines = [f"{n} {u:X}" for n, u in sorted(names.items())]
    open(f"{OUT}glyphs.txt", "w").write("\n".join(lines) + "\n")
    return names


def metrics(name):
    rows = re.findall(r"^C (-?\d+) ; WX (\d+) ; N (\w+)", open(f"{METRICS}{name}.afm").read(), re.M)
    return {glyph: (int(code), int(width)) for code, width, glyph in rows}


def widths(names):
    fonts = {
        "Helvetica": "NimbusSans-Regular", "Helvetica-Bold": "NimbusSans-Bold", "Times-Roman": "NimbusRoman-Regular",
        "Times-Bold": "NimbusRoman-Bold", "Times-Italic": "NimbusRoman-Italic", "Times-BoldItalic": "NimbusRoman-BoldItalic",
    }
    tables = {n: metrics(f) for n, f in fonts.items()}
    latin = sorted({names[g] for g in tables["Helvetica"] if g in names and (names[g] < 0x180 or 0x2000 <= names[g] < 0x2300)})
    by_code = {u: g for g, u in names.items() if all(g in t for t in tables.values())}
    lines = ["# Unicode " + " ".join(fonts)]
    lines += [f"{u:X} " + " ".join(str(t[by_code[u]][1]) for t in tables.values()) for u in latin if u in by_code]
    symbol = sorted((code, names.get(glyph, 0), width) for glyph, (code, width) in metrics("StandardSymbolsPS").items() if code >= 0)
    lines += ["# Symbol: code Unicode width"] + [f"{c:X} {u:X} {w}" for c, u, w in symbol]
    open(f"{OUT}widths.txt", "w").write("\n".join(lines) + "\n")



def cff_strings():
    open(f"{OUT}cff-strings.txt", "w").write("\n".join(cffStandardStrings) + "\n")


# Radicals that stand for whole characters in the ToUnicode maps of some producers; NFKC leaves them alone.
RADICALS = (
    "⺁厂⺌小⺍小⺎尢⺏尣⺐尢⺒巳⺓幺⺛旡⺝月⺠民⺫目⺮竹⺰纟⺹耂⺻聿⻁虎⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝"
    "⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)


def folding():
    folds = {RADICALS[i]: RADICALS[i + 1] for i in range(0, len(RADICALS), 2)}
    blocks = [(0xA0, 0x17F), (0x2000, 0x214F), (0x2150, 0x218F), (0x2460, 0x24FF), (0x2E80, 0x2FDF), (0x3000, 0x303F),
              (0x3130, 0x318F), (0x3200, 0x33FF), (0xF900, 0xFAFF), (0xFB00, 0xFB06), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF)]
    for first, last in blocks:
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if folded != chr(code) and len(folded) == len(folded.encode("utf-16-le")) // 2:
                folds.setdefault(chr(code), folded)
    folds["\u2010"] = folds["\u2011"] = "-"
    lines = [f"{ord(c):X} {t}" for c, t in sorted(folds.items()) if t.strip() and not unicodedata.combining(t.strip()[0])]
    open(f"{OUT}folding.txt", "w", encoding="utf-8").write("\n".join(lines) + "\n")


for ordering in ("GB1", "CNS1", "Japan1", "Korea1"):
    collection(ordering)
widths(glyph_names())
cff_strings()
folding()
