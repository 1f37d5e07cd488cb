"""Files as people bring them: read as they are meant, or named for what they are."""

import io
import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors

from selfattn.sets.reading import ENCODINGS, Reading, ReadingError, read_vectors, readings
from tests.broken_vectors import binary

CASES = Path(__file__).parents[2] / "cases"
EIGHT = ["money", "bank", "river", "loan", "water", "shore", "the", "of"]
MATRIX = np.random.default_rng(1).normal(size=(8, 4)).round(4)
LONG = np.random.default_rng(2).normal(size=(8, 60))
COUNTED = [("Line 1 names the columns", "V1,V2,V3,V4"), ("Line 1 names the columns", ",0,1,2,3")]
HANZI = ["银行", "河岸", "钱", "水", "去", "我", "人", "取"]


def read(data: bytes | str, **options: object) -> Reading:
    return read_vectors(io.BytesIO(data if isinstance(data, bytes) else data.encode()), **options)  # type: ignore[arg-type]


def written(row: str, *, sep: str = " ", words: list[str] = EIGHT, matrix: np.ndarray = MATRIX) -> str:
    """Write rows: `row` has places for a word and for its numbers, which `sep` parts."""
    lines = (
        row.format(word, sep.join(map(str, numbers))) for word, numbers in zip(words, matrix.tolist(), strict=True)
    )
    return "\n".join(lines) + "\n"


def refused(data: bytes | str) -> ReadingError:
    with pytest.raises(ReadingError) as raised:
        read(data)
    return raised.value


# The cases, with what is right


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("A1_vectors.tsv", "numbers but no words.*paste metadata.tsv vectors.tsv"),
        ("A6_numbers_only_spaces.txt", "numbers but no words.*put the word first, then its numbers"),
        ("A9_projector.zip", "None of the 2 files.*numbers but no words.*paste metadata.tsv vectors.tsv"),
        ("A3_metadata_single.tsv", "a list of labels.*paste metadata.tsv vectors.tsv"),
        ("B1_ppmi.txt", "sparse vectors"),
        ("C1_lfs_pointer.txt", "Git LFS pointer.*git lfs pull"),
        ("C6_404.txt", "error page"),
        ("H6_gbk.txt", "Line 1 is not UTF-8.*In which encoding was it saved .“银行 河岸 我” in GBK"),
    ],
)
def test_a_file_without_vectors_is_named_for_what_it_is(name: str, says: str) -> None:
    with pytest.raises(ReadingError, match=says) as raised:
        read_vectors(CASES / name)
    assert raised.value.usable == 0


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("D3_quoted_space.txt", '“"money"” is read as “money”'),
        ("D5_numpy_repr.txt", "The signs “[]” between or around the numbers"),
        ("D7_colon.txt", "“money:” is read as “money”"),
    ],
)
def test_what_stands_around_nearly_all_words_or_numbers_comes_off_and_is_said(name: str, remark: str) -> None:
    reading = read_vectors(CASES / name)
    assert reading.vectors.index_to_key == EIGHT
    first = (CASES / name).read_text().split("\n")[0].split()[1:]
    np.testing.assert_allclose(reading.vectors["money"], [float(number.strip("[]")) for number in first])
    assert len(reading.remarks) == 1
    assert remark in reading.remarks[0]


def test_one_broken_word_of_a_binary_is_left_out_and_named() -> None:
    reading = read_vectors(CASES / "I3_cutword_mid.bin")
    assert reading.vectors.index_to_key == ["money", "bank", "river", "loan", "water"]
    data = (CASES / "I3_cutword_mid.bin").read_bytes()
    np.testing.assert_array_equal(reading.vectors["water"], np.frombuffer(data[-17:-1], "<f4"))
    assert reading.remarks == (
        "1 row left out. Row 3 of 6, at byte 48, is not UTF-8: its word is “caf\ufffd”, the bytes 63 61 66 e9.",
    )


def test_a_file_in_another_encoding_is_read_in_the_one_that_is_chosen() -> None:
    error = refused((CASES / "H6_gbk.txt").read_bytes())
    assert readings(error.undecoded)["GBK"] == "银行 河岸 我", "three words to choose by"
    assert read_vectors(CASES / "H6_gbk.txt", encoding="gbk").vectors.index_to_key[:4] == ["银行", "河岸", "钱", "水"]


# Others of their kind: broken words


@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("places", [(0,), (7,), (3,), (0, 1), (6, 7), (0, 4, 7), (1, 3, 5, 7)])
@pytest.mark.parametrize("broken", [b"caf\xe9", b"\xe9t\xe9", b"ba\x93nk", b"\x80x", "银".encode()[:2], b"a\xff\xfeb"])
def test_words_that_are_no_utf_8_are_left_out_of_a_binary_that_its_rows_fill(
    broken: bytes, places: tuple[int, ...], end: bytes
) -> None:
    words = [broken + b"%d" % at if at in places else word.encode() for at, word in enumerate(EIGHT)]
    reading = read(binary(words, MATRIX, end=end))
    kept = [at for at in range(8) if at not in places]
    assert reading.vectors.index_to_key == [EIGHT[at] for at in kept]
    np.testing.assert_array_equal(reading.vectors.vectors, MATRIX[kept].astype(np.float32))
    assert f"Row {places[0] + 1} of 8" in reading.remarks[0]
    assert reading.remarks[0].startswith(f"{len(places)} row")


def test_a_binary_in_another_encoding_is_asked_about() -> None:
    data = binary([word.encode("gbk") for word in HANZI], MATRIX)
    assert "“银行" in str(refused(data))
    assert read(data, encoding="gb18030").vectors.index_to_key == HANZI


def test_rows_that_do_not_fill_the_file_are_not_used_whatever_their_words() -> None:
    words = [b"caf\xe9", *(word.encode() for word in EIGHT[1:])]
    for data in (binary(words, MATRIX)[:-1], binary(words, MATRIX) + b"more", binary(words, MATRIX, header=b"9 4\n")):
        assert refused(data).usable == 0


# Numbers, with and without words


@pytest.mark.parametrize("sep", [" ", "\t", ",", ";", ", "])
@pytest.mark.parametrize("form", ["{:.4f}", "{:.6e}", "{:g}"])
@pytest.mark.parametrize("header", ["", "8 4\n"])
def test_numbers_without_words_are_refused(sep: str, form: str, header: str) -> None:
    rows = "\n".join(sep.join(map(form.format, row)) for row in MATRIX)
    assert "numbers but no words" in str(refused(header + rows))


@pytest.mark.parametrize(
    "rows",
    [
        *("1 0 0\n0 1 0\n0 0 1\n", "3 -2 1\n-5 0 2\n", "0.5 0.25\n", "x\ty\n0.1\t0.2\n0.3\t0.4\n0.5\t0.6\n"),
        ",0,1,2\n0,0.1,0.2,0.5\n1,0.3,0.4,0.5\n2,0.5,0.6,0.5\n",
        '"","x","y"\n"1",0.1,0.2\n"2",0.3,0.4\n',
        "# written by savetxt\n1.0e+00 2.0e+00\n0.0e+00 1.0e+00\n",
    ],
)
def test_other_numbers_without_words_are_refused(rows: str) -> None:
    assert "numbers but no words" in str(refused(rows))


@pytest.mark.parametrize(
    "words", [list("01234567"), [str(year) for year in range(1990, 1998)], [f"-{at}" for at in range(8)]]
)
@pytest.mark.parametrize("header", ["", "8 4\n"])
def test_whole_numbers_can_be_words(words: list[str], header: str) -> None:
    reading = read(header + written("{} {}", words=words))
    assert reading.vectors.index_to_key == words
    np.testing.assert_array_equal(reading.vectors.vectors, MATRIX.astype(np.float32))
    assert reading.remarks == ()


def test_with_a_header_that_counts_them_any_number_is_a_word() -> None:
    words = [f"{at}.5" for at in range(8)]
    assert read("8 4\n" + written("{} {}", words=words)).vectors.index_to_key == words


def test_some_words_may_be_numbers() -> None:
    words = ["1999", "3.14", "-1", *EIGHT[3:]]
    assert read(written("{} {}", words=words)).vectors.index_to_key == words


# What stands around words and numbers


@pytest.mark.parametrize("header", ["", "8 4\n"])
@pytest.mark.parametrize(
    ("row", "sep"),
    [
        *((f"{left}{{}}{right} {{}}", " ") for left, right in ('""', "''", "“”", "„“", "‘’", "«»", "``", ("b'", "'"))),
        *((f"{{}}{mark} {{}}", " ") for mark in (":", ",", ";", " :", " =", " ->", "\t:", " |")),
        *((f"{{}}{mark}{{}}", " ") for mark in (":", ",", "=", "|")),
        *((f"{{}}{sep}{{}}", sep) for sep in (",", ", ", ";", " ; ", "|", " | ")),
        *(("{} {},", ", "), ("{} {};", " "), ('"{}": {}', ", ")),
        *((f"{{}} {left}{{}}{right}", sep) for left, right in ("[]", "()", "{}") for sep in (" ", ", ", ",")),
        *(("{}: [{}]", ", "), ("{}: [{}],", ", "), ("'{}': [{}],", ", "), ("- {}: [{}]", ", "), ("{} => [{}]", " ")),
        *(("{} array([{}])", ", "), ("'{}': array([{}], dtype=float32),", ", "), ('{},"[{}]"', ", ")),
        *(("('{}', {})", ", "), ("['{}', {}]", ", "), ("{} tensor([{}], device='cuda:0')", ", ")),
        *(("/c/en/{} {}", " "), ('"{}","{}"', '","'), ("{}\t[{}]", " ")),
    ],
)
def test_brackets_commas_quotes_and_colons_come_off(row: str, sep: str, header: str) -> None:
    reading = read(header + written(row.replace("{} {{}}", "{} {{{}}}"), sep=sep))
    assert reading.vectors.index_to_key == EIGHT
    np.testing.assert_array_equal(reading.vectors.vectors, MATRIX.astype(np.float32))
    assert reading.remarks


def test_what_only_some_words_carry_is_theirs() -> None:
    words = ['"money"', "bank:", "river", ",", ":", "'s", "(the)", "a,b"]
    reading = read(written("{} {}", words=words))
    assert reading.vectors.index_to_key == words
    assert reading.remarks == ()


def test_a_word_that_lacks_what_the_others_carry_keeps_what_it_has() -> None:
    words = [*(f'"word{at}"' for at in range(30)), "bank", '"']
    reading = read("".join(f"{word} 0.5 1\n" for word in words))
    assert reading.vectors.index_to_key == [*(f"word{at}" for at in range(30)), "bank", '"']


@pytest.mark.parametrize(
    "titles", ["word,a,b,c,d", ",0,1,2,3", '"","V1","V2","V3","V4"', "V1,V2,V3,V4", "index,1,2,3,4"]
)
def test_a_first_line_that_names_the_columns_is_left_out(titles: str) -> None:
    for sep in (",", "\t"):
        reading = read(titles.replace(",", sep) + "\n" + written("{}" + sep + "{}", sep=sep))
        assert reading.vectors.index_to_key == EIGHT
        assert reading.remarks[0] == "Line 1 names the columns and is left out."


def test_numbers_of_rows_are_taken_off() -> None:
    for row in ("{at},{word},{numbers}", '"{at}","{word}",{numbers}', "{at} {word} {numbers}"):
        sep = "," if "," in row else " "
        rows = [
            row.format(at=at, word=word, numbers=sep.join(map(str, numbers)))
            for at, (word, numbers) in enumerate(zip(EIGHT, MATRIX.tolist(), strict=True))
        ]
        assert read("\n".join(rows)).vectors.index_to_key == EIGHT


@pytest.mark.parametrize("write", [np.array2string, repr])
def test_rows_that_numpy_wraps_are_read(write: object) -> None:
    data = "".join(f"{word} {write(row)}\n" for word, row in zip(EIGHT, LONG, strict=True))  # type: ignore[operator]
    reading = read(data)
    assert reading.vectors.index_to_key == EIGHT
    np.testing.assert_allclose(reading.vectors.vectors, LONG, atol=1e-7)


def test_cells_that_numpy_wraps_are_read() -> None:
    rows = "".join(f'{word},"{row}"\n' for word, row in zip(EIGHT, LONG, strict=True))
    reading = read("word,vector\n" + rows)
    assert reading.vectors.index_to_key == EIGHT
    np.testing.assert_allclose(reading.vectors.vectors, LONG, atol=1e-7)


def test_a_bracket_that_is_a_word_begins_no_wrapped_row() -> None:
    words = ["[", *EIGHT[1:6], "]", "("]
    assert read(written("{},{}", sep=",", words=words)).vectors.index_to_key == words


def test_rows_that_numpy_shortens_are_refused() -> None:
    with np.printoptions(threshold=50):
        data = "".join(f"{word} {row}\n" for word, row in zip(EIGHT, LONG, strict=True))
    assert "NumPy has left out numbers" in str(refused(data))


@pytest.mark.parametrize(
    "form", ["{} 0,5 0,25", "{};0,5;0,25", "{} 1,234.5 2,345.5", '{},"1,234.5","0.5"', "{}\t0,5\t0,1"]
)
def test_commas_within_numbers_are_refused(form: str) -> None:
    assert "commas for thousands" in str(refused("\n".join(map(form.format, EIGHT))))


# What holds no vectors


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("".join(f"{word} 3:0.5 17:1.2\n" for word in EIGHT), "sparse vectors"),
        ("".join(f"{at % 2} 3:0.5 17:-1.2e-3\n" for at in range(8)), "sparse vectors"),
        ("/annex/objects/SHA256E-s862182613--abc.txt\n", "git-annex pointer"),
        ("../.git/annex/objects/Xk/2f/MD5E-s1--a/MD5E-s1--a.txt", "git-annex pointer"),
        ("outs:\n- md5: abc\n  path: vectors.txt\n", "DVC pointer"),
        ("Not Found", "error page"),
        ("403 Forbidden\n", "error page"),
        ("HTTP/1.1 404 Not Found\r\nDate: today\r\n\r\n", "error page"),
        ("Entry not found", "error page"),
        ("Internal Server Error", "error page"),
        ("error code: 1020", "error page"),
        ("<html>\r\n<head><title>404 Not Found</title></head>\r\n<body></body></html>", "error page"),
        ('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>', "error page"),
        ('{"message": "Not Found", "status": "404"}', "error page"),
        ('{"error":"Repository not found"}', "error page"),
        ("<!DOCTYPE html>\n<html><head><title>GloVe: Global Vectors</title>", "web page"),
        (json.dumps({"error": [0.1, 0.2], "bank": [1.0, 2.0]}), "JSON"),
        ("Word\tPOS\nbank\tNOUN\nriver\tNOUN\n", "list of labels"),
        ("银行\n河岸\n钱\n", "list of labels"),
        ("我们去银行取钱。\n河岸很美。\n", "running text"),
        (str(MATRIX), "numbers but no words"),
        ("%%MatrixMarket matrix coordinate real general\n8 20 3\n", "Matrix Market"),
    ],
)
def test_what_holds_no_vectors_is_named(data: str, says: str) -> None:
    assert says in str(refused(data))


def test_words_that_a_server_might_answer_with_can_be_words() -> None:
    assert read("404 0.1 0.2\nNot 0.3 0.4\nsorry 0.5 0.1\n").vectors.index_to_key == ["404", "Not", "sorry"]


# Encodings


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *(
            ("GBK", "银行 河岸 钱 水"),
            ("Big5", "銀行 河岸 錢 水"),
            ("Shift-JIS", "銀行 川 お金 水"),
            ("EUC-KR", "은행 강 돈 물"),
        ),
        *(("Windows-1251 (Cyrillic)", "банк река деньги"), ("KOI8-R (Cyrillic)", "банк река деньги")),
        *(("Windows-1252 (Latin-1)", "forêt rivière été"), ("Windows-1250 (Central Europe)", "břeh řeka peníze")),
        *(("Windows-1253 (Greek)", "τράπεζα ποτάμι"), ("Windows-1256 (Arabic)", "بنك مال نهر")),
    ],
)
def test_other_encodings_are_asked_for_and_read(name: str, words: str) -> None:
    data = "".join(f"{word} 0.5 {at}\n" for at, word in enumerate(words.split())).encode(ENCODINGS[name])
    error = refused(data)
    assert "In which encoding was it saved" in str(error)
    assert error.usable == 0
    assert all(text in words for text in readings(error.undecoded)[name].split())
    assert read(data, encoding=ENCODINGS[name]).vectors.index_to_key == words.split()


def test_words_that_happen_to_be_utf_8_are_not_offered_with_wrong_letters() -> None:
    data = written("{} {}", words=[*HANZI[:6], "the", "of"]).encode("gbk")
    assert refused(data).usable == 2
    assert read(data, usable_only=True).vectors.index_to_key == ["the", "of"]


def test_the_wrong_encoding_is_said_like_any() -> None:
    with pytest.raises(ReadingError, match="Line 1 is not big5"):
        read(b"B\xff 0.5 1\n", encoding="big5")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_named_with_and_without_its_mark(encoding: str) -> None:
    for words in (EIGHT, HANZI):
        assert "UTF-16" in str(refused(written("{} {}", words=words).encode(encoding))).replace("32", "16")


def test_what_gensim_writes_is_read_exactly_whatever_its_words(tmp_path: Path) -> None:
    signs = ["(", "[", "]", '"', ",", ";", "|", "'"]
    for words, options in product(
        (["1999", "1,5", "(the)", "[", "]", "...", "'s", "a:b"], signs), ({}, {"binary": True}, {"write_header": False})
    ):
        vectors = KeyedVectors(4)
        vectors.add_vectors(words, MATRIX.astype(np.float32))
        vectors.save_word2vec_format(str(tmp_path / "vectors"), **options)
        reading = read_vectors(tmp_path / "vectors")
        assert reading.vectors.index_to_key == words
        np.testing.assert_array_equal(reading.vectors.vectors, vectors.vectors)
        assert reading.remarks == ()
