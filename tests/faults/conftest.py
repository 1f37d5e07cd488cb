"""Two processes of the app behind the proxy, as in deploy/, and what they must never write."""

import re
import subprocess
from contextlib import contextmanager

import pytest
from behind import behind, find_haproxy
from server import App

from tests.conftest import give_up
from tests.small_catalogue import small_catalogue
from tools.serve import ROOT

OURS = re.compile(rf"{re.escape(str(ROOT))}/(app\.py|pages|selfattn)")
DISK = 110 * 2**20  # of which the app leaves 100 MB free


@pytest.fixture(scope="module")
def served():
    """A catalogue on the loopback, which both processes ask."""
    with small_catalogue() as catalogue:
        yield catalogue


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    """The folder of the catalogue's sets, on a disk of its own where this machine lets one be made."""
    folder = tmp_path_factory.mktemp("sets")
    with mounted(folder):
        yield folder


@contextmanager
def mounted(folder):
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "selfattn", folder], capture_output=True)
    yield
    if not done.returncode:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture(scope="module")
def two(served, disk):
    """Two processes behind HAProxy."""
    if find_haproxy() is None:
        give_up("there is no HAProxy: apt-get install haproxy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SELFATTN_CATALOGUE", served.address)
        patch.setenv("GENSIM_DATA_DIR", str(disk))
        patch.setenv("no_proxy", "*")
        with behind(App("selfattn", ROOT / "app.py", ROOT)) as running:
            yield running


@pytest.fixture(autouse=True)
def logs(two, request):
    """No process ends that was not killed, and none writes a traceback.

    Of a message that is none, Streamlit and uvicorn write one of their own, and nothing of ours is in it.
    """
    running = list(two.processes.values())
    before = [len(one.log.read_text()) for one in running]
    yield
    assert all(one.process.poll() is None for one in two.processes.values())
    for one, start in zip(running, before, strict=True):
        wrote = one.log.read_text()[start:]
        assert not OURS.search(wrote), wrote
        assert "garbage" in request.node.name or "Traceback" not in wrote, wrote
