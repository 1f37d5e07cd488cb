"""Work beside the page: who came first goes first, what is cancelled stops, and every end has its sentence."""

import gc
import time
import weakref
from threading import Event, Thread

import pytest

from selfattn.ui import jobs
from selfattn.ui.jobs import CancelledError, Job

LONG = 30  # seconds that a busy machine may take


class Owner:
    pass


def begun(job, work, expected=(ValueError,)):
    thread = Thread(target=jobs._run, args=(job, work, expected), daemon=True)
    thread.start()
    return thread


@pytest.fixture
def turns(monkeypatch):
    monkeypatch.setattr(jobs, "_turns", jobs._Turns(1))
    return jobs._turns


def until(condition):
    end = time.monotonic() + LONG
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    assert condition()


def test_who_came_first_goes_first(turns):
    go, order = Event(), []
    every = [Job(str(at)) for at in range(4)]
    begun(every[0], lambda _: go.wait(LONG))
    until(lambda: len(turns._line) == 1)
    for at, job in enumerate(every[1:], 1):
        begun(job, lambda job: order.append(job.title) or True)
        until(lambda at=at: len(turns._line) == at + 1)
    until(lambda: every[3].says == "waiting for its turn, 3 before it")
    go.set()
    assert all(job.done.wait(LONG) for job in every)
    assert order == ["1", "2", "3"]
    assert turns._line == []


def test_one_that_is_cancelled_in_the_queue_never_runs(turns):
    go, ran = Event(), []
    first, second = Job("first"), Job("second")
    begun(first, lambda _: go.wait(LONG))
    until(lambda: len(turns._line) == 1)
    begun(second, ran.append)
    second.stop.set()
    assert second.done.wait(LONG)
    go.set()
    assert first.done.wait(LONG)
    assert not ran
    assert second.trouble == jobs.STOPPED


@pytest.mark.parametrize(
    ("error", "said"),
    [(ValueError("Too large."), "Too large."), (MemoryError(), jobs.NO_MEMORY), (CancelledError(), jobs.STOPPED)],
)
def test_every_end_has_its_sentence(turns, error, said):
    def work(_):
        raise error

    job = Job("a job")
    begun(job, work).join(LONG)
    assert job.done.is_set()
    assert (job.result, job.trouble) == (None, said)
    assert turns._line == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_expects_goes_to_the_log_and_gives_its_turn_back(turns):
    def work(_):
        raise KeyError("secret")

    job = Job("a job")
    begun(job, work).join(LONG)
    assert job.done.is_set()
    assert job.trouble == jobs.FAILED
    assert turns._line == []


def test_a_job_tells_how_far_it_is_within_bounds():
    job = Job("a job")
    job.tell(1.7, "far")
    assert (job.share, job.says) == (1.0, "far")
    job.tell(-1)
    assert (job.share, job.says) == (0.0, "")


def test_a_job_ends_with_its_session():
    owner = Owner()
    job = Job("a job", owner=weakref.ref(owner))
    job.tell(0.5)
    del owner
    gc.collect()
    with pytest.raises(CancelledError):
        job.tell(0.6)


def test_a_job_outlives_a_short_absence_of_its_browser_and_not_a_long_one(monkeypatch):
    now, here = [0.0], [True]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: now[0])
    job = Job("a job", here=lambda: here[0])
    here[0], now[0] = False, jobs.AWAY - 1
    assert not job.unwanted
    here[0] = True
    assert not job.unwanted
    here[0], now[0] = False, 2 * jobs.AWAY - 2
    assert not job.unwanted
    now[0] = 2 * jobs.AWAY
    assert job.unwanted
