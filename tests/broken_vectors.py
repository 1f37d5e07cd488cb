"""Makers of broken files of word vectors, each with what has to be said of it, and of packed and hostile ones."""

import gzip
import io
import json
import pickle
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

WORDS = ("money", "river", "bank", "grows", "flows")
MATRIX = np.array([[5, 1], [1, 5], [3, 3], [4, 2], [2, 4.5]], dtype=np.float32)
ROWS = b"money 5 1\nriver 1 5\nbank 3 3\ngrows 4 2\nflows 2 4.5\n"
HEADED = b"5 2\n" + ROWS
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06"


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken file: part of what has to be said of it, and how many words can be used all the same."""

    name: str
    data: bytes
    says: str
    usable: int = 0

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Mended:
    """One file that is read in spite of something: the words read, and part of the remark ("" for none)."""

    name: str
    data: bytes
    words: tuple[str, ...] = WORDS
    remark: str = ""

    def __str__(self) -> str:
        return self.name


def binary(
    words: Sequence[str | bytes] = WORDS,
    matrix: object = MATRIX,
    *,
    header: bytes | None = None,
    end: bytes = b"",
) -> bytes:
    """Write word2vec's binary form; word2vec itself ends rows with a line end, gensim does not."""
    values = np.asarray(matrix, dtype="<f4")
    raw = [word if isinstance(word, bytes) else word.encode() for word in words]
    first = b"%d %d\n" % values.shape if header is None else header
    return first + b"".join(word + b" " + row.tobytes() + end for word, row in zip(raw, values, strict=True))


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files as a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return packed.getvalue()


def lying_zip(data: bytes, claimed: int) -> bytes:
    """Pack a file as a zip whose two headers say that it has `claimed` bytes."""
    packed = bytearray(zipped(("vectors.txt", data)))
    packed[22:26] = struct.pack("<I", claimed)
    listing = packed.rfind(b"PK\x01\x02")
    packed[listing + 24 : listing + 28] = struct.pack("<I", claimed)
    return bytes(packed)


def locked_zip(data: bytes = ROWS) -> bytes:
    """Pack a file as a zip that says it is encrypted."""
    packed = bytearray(zipped(("vectors.txt", data)))
    packed[6] |= 1
    packed[packed.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def nameless_zip(data: bytes) -> bytes:
    """Pack a file without a name."""
    packed, info = io.BytesIO(), zipfile.ZipInfo("name")
    info.filename = ""
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, data)
    return packed.getvalue()


def long_listing_zip() -> bytes:
    """Write a zip whose list of files has 2 MB, as it has with 40,000 files."""
    return zipped(("a", b""))[:30] + bytes(2**21) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 2**21, 30, 0)


def swollen(size: int, start: bytes = b"") -> tuple[bytes, int, int]:
    """Deflate `start` and then so many MB of zeros at once: the bytes, the checksum of a part, and the size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)  # forgets what was before: can be repeated
    return first + block * size + packer.flush(), zlib.crc32(start), len(start) + size * 2**20


def gzip_bomb(megabytes: int, start: bytes = b"") -> bytes:
    """Make a gzip file that is a thousandth of what it unpacks to."""
    body, checksum, size = swollen(megabytes, start)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + body + struct.pack("<II", checksum, size % 2**32)


def zip_bomb(megabytes: int, *, claimed: int | None = None, start: bytes = b"") -> bytes:
    """Make a zip that is a thousandth of what it unpacks to, and says what it likes about that."""
    body, checksum, size = swollen(megabytes, start)
    claimed = min(size, 2**32 - 2) if claimed is None else claimed
    name = b"vectors.txt"
    common = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, checksum, len(body), claimed, len(name), 0)
    entry = b"PK\3\4" + common + name + body
    listing = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 0, 0) + name
    return entry + listing + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(listing), len(entry), 0)


def _replaced(old: bytes, new: bytes, data: bytes = ROWS) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


def _npy(array: object, *, allow_pickle: bool = False) -> bytes:
    file = io.BytesIO()
    np.save(file, np.asarray(array), allow_pickle=allow_pickle)
    return file.getvalue()


def _npz() -> bytes:
    file = io.BytesIO()
    np.savez(file, vectors=MATRIX, words=np.array(WORDS))
    return file.getvalue()


def _damaged_zip() -> bytes:
    data = bytearray(zipped(("vectors.txt", ROWS * 20), method=zipfile.ZIP_STORED))
    data[500] ^= 1
    return bytes(data)


def _ones(dimensions: int) -> bytes:
    return b"".join(b"%s%s\n" % (word.encode(), b" 1" * dimensions) for word in WORDS)


LATIN_1 = _replaced(b"bank", "Börse".encode("latin-1"))
CUT_WORD = "ö" * 49
CUT = (CUT_WORD + "ö").encode()[:-1]  # as word2vec cuts words off
REST = (*WORDS[:2], *WORDS[3:])
WRONG = [np.array([*MATRIX[:2], [3, wrong], *MATRIX[3:]], np.float32) for wrong in (np.nan, np.inf, 1e30)]
NAN, INFINITE, LARGE = WRONG
LINE_END = np.array([*MATRIX[:2], np.frombuffer(b"\n\0\x80\xbf\0\0\x80\xbf", "<f4"), *MATRIX[3:]])  # "\n" in a number
PLENTY = "Line 1 says 5 words, but"
BINARY = binary()
SENTENCE = b"It was the best of times,\nit was the worst of times,\nit was the age of wisdom.\n"

BROKEN = (
    # Nothing in it
    Broken("no byte", b"", "is empty"),
    Broken("only spaces", b" \n\n \r\n", "is empty"),
    Broken("only a byte order mark", b"\xef\xbb\xbf", "is empty"),
    Broken("only a header", b"5 2\n", "ends after line 1, which says 5 words"),
    Broken("only a header, no line end", b"5 2", "ends after line 1"),
    Broken("empty gzip", gzip.compress(b""), "holds an empty file"),
    Broken("empty zip", zipped(), "holds no file"),
    Broken("empty file in a zip", zipped(("vectors.txt", b"")), "holds an empty file"),
    # The first line is wrong
    Broken("header says more rows", _replaced(b"5 2", b"9 2", HEADED), "Line 1 says 9 words, but 5 rows follow", 5),
    Broken("header says fewer rows", _replaced(b"5 2", b"3 2", HEADED), "Line 1 says 3 words, but 5 rows follow", 5),
    Broken("header says no rows", _replaced(b"5 2", b"0 2", HEADED), "Line 1 says 0 words, but 5 rows follow", 5),
    Broken("header says rows below zero", _replaced(b"5 2", b"-5 2", HEADED), "Line 1 says -5 words, but 5", 5),
    Broken("header says a million rows", _replaced(b"5 2", b"1000000 2", HEADED), "Line 1 says 1,000,000 words", 5),
    Broken(
        "header says more numbers", _replaced(b"5 2", b"5 3", HEADED), "Line 1 says 3 numbers for each word, but", 5
    ),
    Broken(
        "header says fewer numbers", b"5 2\n" + _ones(4), "Line 1 says 2 numbers for each word, but the rows have 4", 5
    ),
    Broken("header says no numbers", _replaced(b"5 2", b"5 0", HEADED), "Line 1 says 0 numbers for each word, but", 5),
    Broken("header and no numbers", b"2 0\nmoney\nriver\n", r"0 numbers for each word \(line 1\)"),
    Broken("header of three numbers", b"5 2 1\n" + _ones(4), "Line 1 has 2 numbers instead of 4", 5),
    Broken("header twice", b"5 2\n" + HEADED, "Line 1 says 5 words, but 6 rows follow", 5),
    # How many numbers
    Broken("one number", b"money 5\nriver 1\n", r"1 number for each word \(line 1\)"),
    Broken("one number, header", b"2 1\nmoney 5\nriver 1\n", r"1 number for each word \(line 1\)"),
    Broken("1,001 numbers", _ones(1001), r"1,001 numbers for each word \(line 1\)"),
    Broken("1,001 numbers, header", b"5 1001\n" + _ones(1001), r"1,001 numbers for each word \(line 1\)"),
    Broken("binary, one number", binary(matrix=MATRIX[:, :1]), r"1 number for each word \(line 1\)"),
    Broken("binary, 1,001 numbers", binary(matrix=np.full((5, 1001), 0.1)), r"1,001 numbers for each word \(line 1\)"),
    # Rows
    Broken("a number too few", _replaced(b"3 3", b"3"), "Line 3 has 1 number instead of 2", 4),
    Broken("a number too few, header", _replaced(b"3 3", b"3", HEADED), "Line 4 has 1 number instead of 2", 4),
    Broken("a number too many", _replaced(b"3 3", b"3 3 3"), "Line 3 has 3 numbers instead of 2", 4),
    Broken("one too few, one too many", _replaced(b"3 3", b"3 3 3").replace(b"1 5", b"1"), "Line 2 has 1 number", 3),
    Broken("a word without numbers", _replaced(b" 3 3", b""), "Line 3 has 0 numbers instead of 2", 4),
    Broken("numbers without a word", _replaced(b"bank ", b""), "Line 3 has 1 number instead of 2, or no word", 4),
    Broken("an empty word", _replaced(b"bank", b"", HEADED), "Line 4 has 1 number instead of 2, or no word", 4),
    Broken("ends within a row", ROWS[:-5], "Line 5 ends with the file, after 1 of its 2 numbers", 4),
    Broken("a line without an end", b"x" * 100_000 + b"\n" + ROWS, "Line 1 is longer than 65,536 bytes", 5),
    Broken("a comma for a space", _replaced(b"3 3", b"3,3"), "Line 3 has 1 number instead of 2", 4),
    # Numbers
    Broken("a word for a number", _replaced(b"3 3", b"3 x"), "Line 3 has “x” where a number should stand", 4),
    Broken("a word for a number, header", _replaced(b"3 3", b"x 3", HEADED), "Line 4 has “x” where a number", 4),
    Broken("a decimal comma", _replaced(b"2 4.5", b"2 4,5"), "Line 5 has “4,5” .* decimals with a point", 4),
    Broken("another minus", _replaced(b"3 3", "3 −3".encode()), "Line 3 has “−3” where a number should stand", 4),
    Broken("hexadecimal", _replaced(b"3 3", b"3 0x3"), "Line 3 has “0x3” where a number should stand", 4),
    Broken("not a number", _replaced(b"3 3", b"3 nan"), "Line 3 has “nan” where a number should stand", 4),
    Broken("infinite", _replaced(b"3 3", b"-inf 3"), "Line 3 has “-inf” where a number should stand", 4),
    Broken("too large for float32", _replaced(b"3 3", b"3 1e39"), "Line 3 has the number “1e39”, too large", 4),
    Broken("too large to square", _replaced(b"3 3", b"3 -1e30"), "Line 3 has the number “-1e30”, too large", 4),
    Broken("half an exponent", _replaced(b"3 3", b"3 3e"), "Line 3 has “3e” where a number should stand", 4),
    Broken("a zero byte in a number", _replaced(b"3 3", b"3 \x003"), "Line 3 has “.3” where a number should stand", 4),
    Broken("no number at all", _replaced(b"5 2", b"2 2", b"5 2\nmoney x y\nriver y x\n"), "Line 2 has “x” where", 0),
    # Encodings
    Broken("Latin-1", LATIN_1, "Line 3 is not UTF-8: .* encoding was it saved .*“Börse” in Windows-1252", 4),
    Broken("Latin-1, header", b"5 2\n" + LATIN_1, "Line 4 is not UTF-8: .*“Börse”", 4),
    Broken("GBK", _replaced(b"bank", "银行".encode("gbk")), "Line 3 is not UTF-8: .*“银行” in GBK", 4),
    Broken("a byte that UTF-8 has not", _replaced(b"bank", b"ba\x93nk"), "Line 3 is not UTF-8: .* 62 61 93 6e", 4),
    Broken("UTF-16", ROWS.decode().encode("utf-16"), "written in UTF-16"),
    Broken("UTF-16, header", HEADED.decode().encode("utf-16"), "written in UTF-16"),
    Broken("UTF-16, big end first", ROWS.decode().encode("utf-16-be"), "written in UTF-16"),
    Broken("UTF-16, unmarked", HEADED.decode().encode("utf-16-le"), "written in UTF-16"),
    Broken("UTF-32", ROWS.decode().encode("utf-32"), "written in UTF-32"),
    Broken("bare CR", ROWS.replace(b"\n", b"\r"), "bare CR"),
    # word2vec binary: only a word that is not UTF-8 is left out, of a file that the rows fill exactly
    Broken("binary cut within numbers", BINARY[:-3], "ends at byte 70, in the middle of row 5 of 5"),
    Broken("binary cut within a word", BINARY[: -len("flows ") - 6], "ends at byte 61, in the middle of row 5 of 5"),
    Broken("binary cut between rows", BINARY[: -len("flows ") - 8], f"{PLENTY} the file ends after 4, at byte 59"),
    Broken("binary, only the first word", BINARY[:14], "ends at byte 14, in the middle of row 1 of 5"),
    Broken("binary says more rows", binary(header=b"9 2\n"), "Line 1 says 9 words, but the file ends after 5"),
    Broken("binary says a billion rows", binary(header=b"1000000000 2\n"), "but the file ends after 5, at byte"),
    Broken("binary says fewer rows", binary(header=b"3 2\n"), "Line 1 says 3 words, but from byte 45 on, more"),
    Broken("binary says no rows", binary(header=b"0 2\n"), "Line 1 says 0 words, but from byte 4 on, more"),
    Broken("binary says more numbers", binary(header=b"5 3\n"), "Row 1 of 5, at byte 4, has .* first line may"),
    Broken("binary says fewer numbers", binary(matrix=np.full((5, 6), 0.5), header=b"5 2\n"), "Row 2 of 5, at byte"),
    Broken("binary with more after it", BINARY + b"\n\nand more", f"{PLENTY} from byte 73 on, more follows"),
    Broken("binary not a number", binary(matrix=NAN), "Row 3 of 5, at byte 32, has “nan” where a number"),
    Broken("binary infinite", binary(matrix=INFINITE), "Row 3 of 5, at byte 32, has “inf” where"),
    Broken("binary too large", binary(matrix=LARGE), "Row 3 of 5, .* number “1e.30”, too"),
    Broken("binary Latin-1 cut off", binary(("Börse".encode("latin-1"), *WORDS[1:]))[:-9], "byte 64, in the middle of"),
    Broken("binary without a word", binary((*WORDS[:2], "", *WORDS[3:])), "Row 3 of 5, at byte 32, has no"),
    Broken("binary, word without end", BINARY[:32] + b"\x01" * 5000, "Row 3 of 5, .* no word that ends within 1,000"),
    Broken("binary, last word without end", BINARY[:59] + b"\x01" * 5000, "Row 5 of 5, .* no word that ends within"),
    Broken("binary that lost a byte", BINARY[:40] + BINARY[41:], "Row 3 of 5, at byte 32, has the number"),
    Broken("binary, CR LF put in", binary(matrix=LINE_END).replace(b"\n", b"\r\n"), "4 of 5, at byte 46, is not UTF-8"),
    Broken("binary in gzip cut off", gzip.compress(BINARY)[:-12], "gzip file breaks off at byte"),
    # Archives
    Broken("gzip cut off", gzip.compress(ROWS)[:-12], "gzip file breaks off at byte", 4),
    Broken("gzip, its header only", gzip.compress(ROWS)[:10], "gzip file breaks off at byte 10"),
    Broken("gzip with a wrong checksum", gzip.compress(ROWS)[:-8] + bytes(8), "gzip file is damaged between byte 0"),
    Broken("gzip and something else", gzip.compress(ROWS) + b"something else", "gzip file is damaged between byte", 5),
    Broken("gzip within gzip", gzip.compress(gzip.compress(ROWS)), "packed with gzip once more"),
    Broken("zip within zip", zipped(("a.zip", zipped(("a.txt", ROWS)))), "a zip within an archive"),
    Broken("zip within gzip", gzip.compress(zipped(("a.txt", ROWS))), "a zip within an archive"),
    Broken("a ragged row in gzip", gzip.compress(_replaced(b"3 3", b"3")), "Line 3 has 1 number instead of 2", 4),
    Broken("zip cut off", zipped(("vectors.txt", ROWS))[:-30], "zip file is damaged: its list of files"),
    Broken("zip with a changed byte", _damaged_zip(), "zip file is damaged: unpacking failed"),
    Broken("zip that hides bytes", lying_zip(ROWS, 15), "zip file is damaged"),
    Broken("zip that promises bytes", lying_zip(ROWS, 500), "zip file is damaged: it says 500 bytes", 5),
    Broken("zip with a password", locked_zip(), "locked with a password"),
    Broken("zip packed with bzip2", zipped(("a.txt", ROWS), method=zipfile.ZIP_BZIP2), "packed in an unusual way"),
    Broken("zip packed with LZMA", zipped(("a.txt", ROWS), method=zipfile.ZIP_LZMA), "packed in an unusual way"),
    Broken("zip with two sets", zipped(("a/50d.txt", ROWS), ("100d.txt", HEADED)), "2 files .*“50d.txt”, “100d.txt”"),
    Broken("zip of texts", zipped(("a.txt", SENTENCE), ("b.txt", SENTENCE * 2)), "None of the 2 files .* running text"),
    Broken("zip of a file without a name", nameless_zip(b""), "holds an empty file"),
    Broken("zip of many files", zipped(*((f"{i}.txt", ROWS) for i in range(101))), "holds 101 files"),
    Broken("zip with a long list", long_listing_zip(), "list of files takes more than 1 MB"),
    # What else is sent
    Broken("pickle", pickle.dumps({"bank": MATRIX}), "This is a pickle.*run any code.*save_word2vec_format"),
    Broken("old pickle", pickle.dumps(MATRIX, protocol=0), "This is a pickle"),
    Broken("pickle of a dictionary", pickle.dumps({"bank": 1}, protocol=0), "This is a pickle"),
    Broken("pickle of protocol 1", pickle.dumps(["bank"], protocol=1), "This is a pickle"),
    Broken("pickle in gzip", gzip.compress(pickle.dumps(WORDS)), "This is a pickle"),
    Broken("PyTorch file", zipped(("m/data.pkl", pickle.dumps(1)), ("m/data/0", bytes(900))), "This is a pickle"),
    Broken("NumPy array", _npy(MATRIX), "NumPy array"),
    Broken("NumPy array of objects", _npy([{}], allow_pickle=True), "NumPy array"),
    Broken("NumPy archive", _npz(), "None of the 2 files .* NumPy array"),
    Broken("fastText model", struct.pack("<2i", 793712314, 12) + bytes(200), "a fastText model"),
    Broken("HDF5", b"\x89HDF\r\n\x1a\n" + bytes(100), "HDF5"),
    Broken("Parquet", b"PAR1\x15\x04\x15" + bytes(100), "Parquet"),
    Broken("SQLite", b"SQLite format 3\x00" + bytes(100), "SQLite"),
    Broken("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    Broken("PNG", PNG, "PNG"),
    Broken("JPEG", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(100), "JPEG"),
    Broken("Word document", zipped(("[Content_Types].xml", b"<?xml?>"), ("word/document.xml", b"<w/>")), "Office"),
    Broken("old Office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Office"),
    Broken("tar", b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(600), "tar archive"),
    Broken("bzip2", b"BZh91AY&SY" + bytes(50), "bzip2"),
    Broken("xz", b"\xfd7zXZ\x00" + bytes(50), "xz"),
    Broken("web page", b"<!DOCTYPE html>\n<html><body>GloVe</body></html>\n", "HTML"),
    Broken("XML", b"\n<?xml version='1.0'?>\n<a/>\n", "HTML or XML"),
    Broken("JSON", json.dumps({"bank": [3, 3], "river": [1, 5]}, indent=1).encode(), "JSON"),
    Broken("JSON list", json.dumps([["bank", 3, 3], ["river", 1, 5]]).encode(), "JSON"),
    Broken("decimal commas", b"money 0,5 0,1\nriver 0,1 0,5\n", "decimal commas"),
    Broken("running text", SENTENCE, "running text"),
    Broken("text in Latin-1", "Übermut tut selten gut\nÄpfel\n".encode("latin-1"), "no file of word vectors"),
    Broken("word list", b"catalogue\nchapter\ncase\n", "list of labels"),
    Broken("random bytes", bytes(range(200, -1, -1)) * 4, "no file of word vectors"),
    Broken("zeros", bytes(1000), "no file of word vectors"),
)

MENDED = (
    Mended("as it should be", ROWS),
    Mended("with a header", HEADED),
    Mended("byte order mark", b"\xef\xbb\xbf" + ROWS),
    Mended("byte order mark, header", b"\xef\xbb\xbf" + HEADED),
    Mended("byte order mark, binary", b"\xef\xbb\xbf" + BINARY),
    Mended("CR LF", ROWS.replace(b"\n", b"\r\n")),
    Mended("CR LF, header", HEADED.replace(b"\n", b"\r\n")),
    Mended("no line end at the end", ROWS.rstrip(b"\n")),
    Mended("spaces at line ends", HEADED.replace(b"\n", b" \n")),
    Mended("empty lines at the end", HEADED + b"\n\n"),
    Mended("empty lines at the end, no header", ROWS + b"\n\r\n"),
    Mended("an empty line within", _replaced(b"\nbank", b"\n\nbank"), remark="1 empty line left out"),
    Mended("tabs", ROWS.replace(b" ", b"\t"), remark="Tabs"),
    Mended("a tab after a word with a space", b"New York\t1 2\n", ("New_York",), "1 word with spaces inside"),
    Mended("columns in line", ROWS.replace(b" ", b"   "), remark="several spaces"),
    Mended("spaces before words", b" money 5 1\n river 1 5\n", WORDS[:2]),
    Mended("words with spaces", b". . . 1 2\nNew York 2 1\n", ("._._.", "New_York"), "2 words with spaces inside"),
    Mended("word twice", ROWS + b"bank 7 7\n", WORDS, "1 row repeats a word that came before, “bank” in line 6:"),
    Mended("word twice, header", HEADED.replace(b"5 2", b"6 2") + b"bank 7 7\n", WORDS, "“bank” in line 7:"),
    Mended("words twice", ROWS + ROWS, WORDS, "5 rows repeat words that came before, first “money” in line 6:"),
    Mended(
        "word twice, binary",
        binary((*WORDS[:4], "bank")),
        WORDS[:4],
        "1 row repeats a word that came before, “bank” in row 5:",
    ),
    Mended(
        "a spaced word twice",
        b"New York 1 2\nNew_York 2 1\n",
        ("New_York",),
        "1 row repeats a word that came before, “New_York” in line 2:",
    ),
    Mended("zeros", _replaced(b"3 3", b"0 0"), WORDS, "1 word has only zeros"),
    Mended("binary, rows with ends", binary(end=b"\n")),
    Mended("digits of Hindi", "नदी १ ५\nबैंक ३ ३\n".encode(), ("नदी", "बैंक")),
    Mended("numbers for words", b"1984 1 2\n7 2 1\n", ("1984", "7")),
    Mended("words of markup", b"<unk> 1 2\n{ 2 1\n%PDF- 1 1\n", ("<unk>", "{", "%PDF-")),
    Mended("a word as long as a page", b"x" * 50_000 + b" 1 2\n", ("x" * 50_000,)),
    Mended("gzip in two parts", gzip.compress(ROWS[:30]) + gzip.compress(ROWS[30:])),
    Mended("gzip filled with zeros", gzip.compress(ROWS) + bytes(512)),
    Mended("zip with a note beside", zipped(("README", SENTENCE), ("vectors", ROWS), ("__MACOSX/._vectors", b"\0"))),
    Mended("zip of a file without a name", nameless_zip(ROWS)),
    Mended("zip that would leave its folder", zipped(("../../vectors.txt", ROWS))),
    Mended("zip, stored", zipped(("/etc/vectors", HEADED), method=zipfile.ZIP_STORED)),
    Mended("a word cut off", _replaced(b"bank", CUT), REST, "Line 3 holds a word that was cut off within"),
    *(
        Mended(
            f"{name}, {end!r}",
            binary((*WORDS[:2], word, *WORDS[3:]), end=end),
            REST,
            f"Row 3 of 5, at byte {at}{says}",
        )
        for end, at in ((b"", 32), (b"\n", 33))
        for name, word, says in (
            ("binary, Latin-1", "Börse".encode("latin-1"), ", is not UTF-8: its word is “B�rse”"),
            ("binary, a cut word", CUT, ", holds a word that was cut off"),
            ("binary, a word cut early", "日本".encode()[:-1], ", is not UTF-8: its word is “日�”, the bytes e6 97 a5"),
            ("binary, a stray byte", b"\x93bank", ", is not UTF-8: its word is “�bank”"),
        )
    ),
    Mended("CSV", b"word,x,y\n" + ROWS.replace(b" ", b","), remark="Line 1 names the columns"),
    Mended("CSV with semicolons", ROWS.replace(b" ", b";"), remark="The signs “;” between or around the numbers"),
    Mended("header with tabs", _replaced(b"5 2", b"5\t2", HEADED)),
)
