"""The code of a screen says how to get the library that it uses."""

import pytest

from selfattn.views import code
from tests.apps import visit

FOLDER = "pip install . (in its folder, the one with app.py)"
CONFIG = """[core]
	bare = false
[remote "upstream"]
	url = https://example.org/other/other.git
[remote "origin"]
	fetch = +refs/heads/*:refs/remotes/origin/*
	url = {}
[branch "main"]
	remote = origin
"""


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/ada/selfattn", "https://github.com/ada/selfattn"),
        ("https://ada:s3cret@example.org:8443/ada/selfattn.git", "https://example.org:8443/ada/selfattn.git"),
        ("https://s3cret@example.org/a.git?private_token=s3cret#s3cret", "https://example.org/a.git"),
        ("git@github.com:ada/selfattn.git", "https://github.com/ada/selfattn.git"),
        ("github.com:ada/selfattn.git", "https://github.com/ada/selfattn.git"),
        ("ssh://git:s3cret@example.org:2222/ada/selfattn.git", "https://example.org/ada/selfattn.git"),
    ],
)
def test_it_is_installed_from_where_it_was_cloned_without_anybodys_password(tmp_path, remote, address):
    config = tmp_path / "config"
    config.write_text(CONFIG.format(remote))
    assert code.install(config) == f"pip install git+{address}"


@pytest.mark.parametrize(
    "remote",
    [
        "/srv/git/selfattn.git", "../selfattn", "file:///srv/git/selfattn.git", "C:/work/selfattn", r"C:\work\selfattn",
        "http://localhost:3000/a.git", "http://127.0.0.1/a.git", "http://[::1]/a.git", "http://[broken/a.git",
        "https://example.org:port/a.git",
    ],
)  # fmt: skip
def test_where_nobody_else_reaches_the_clone_it_is_installed_from_its_folder(tmp_path, remote):
    config = tmp_path / "config"
    config.write_text(CONFIG.format(remote))
    assert code.install(config) == FOLDER


def test_what_is_no_clone_is_installed_from_its_folder(tmp_path):
    assert code.install(tmp_path / "config") == FOLDER
    (tmp_path / "no origin").write_text("[core]\n\turl = x\n")
    assert code.install(tmp_path / "no origin") == FOLDER


def test_the_screen_says_it_as_plain_text(tmp_path, monkeypatch):
    (tmp_path / "config").write_text(CONFIG.format("https://example.org/<b>.git"))
    monkeypatch.setattr(code, "CLONE", tmp_path / "config")
    at = visit(view="code")
    (said,) = (one.proto.body for one in at.get("html") if "pip install" in one.proto.body)
    assert "selfattn itself: pip install git+https://example.org/&lt;b&gt;.git<" in said
    assert len(at.code) == 1
