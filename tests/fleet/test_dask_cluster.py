"""Towns on a Dask cluster of real worker processes on this machine."""

import os
import sys

import pytest

from fazhi.cli import main
from fazhi.errors import FazhiError
from fazhi.fleet import dask_cluster, find_towns
from made.small_town import make_town

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """A scheduler's address with two workers of one thread each."""
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with distributed.LocalCluster(**options, local_directory=os.fspath(tmp_path_factory.mktemp("dask"))) as started:
        yield started.scheduler_address


@pytest.fixture
def towns(tmp_path):
    """One good town, one with a broken unit.yml, one without ledgers."""
    make_town(tmp_path / "青木镇")
    make_town(tmp_path / "坏镇").unit_file.write_text("name: [", encoding="utf-8")
    make_town(tmp_path / "缺镇", year=2024)
    return tmp_path


def test_workers_bring_the_towns_up_to_date_and_a_bad_one_stops_no_other(scheduler, towns, capsys):
    assert main.main(["fleet", os.fspath(towns), "2025", "--scheduler", scheduler]) == 2
    told = capsys.readouterr().out
    assert "完成 1 个，没有该年台账 1 个，没有完成 1 个。" in told
    assert (towns / "青木镇" / "data" / "processed" / "2025" / "report.pdf").exists()
    assert (towns / "district.html").exists()
    assert main.main(["fleet", os.fspath(towns), "2025", "--scheduler", scheduler]) == 2
    assert "没有改动 1 个" in capsys.readouterr().out


def test_a_worker_of_another_version_is_refused_before_anything_starts(scheduler, towns, monkeypatch, capsys):
    monkeypatch.setattr(dask_cluster, "program_id", lambda: "0.0.1 other")
    assert main.main(["fleet", os.fspath(towns), "2025", "--scheduler", scheduler]) == 2
    assert "与本机不同。请在各节点安装同一版本" in capsys.readouterr().err
    assert not (towns / "青木镇" / "data" / "processed").exists()


def test_a_worker_that_does_not_see_the_folder_says_so_and_may_have_it_elsewhere(towns, monkeypatch):
    program = dask_cluster.program_id()
    assert "看不到共享文件夹" in dask_cluster.unfit("/nowhere", "青木镇", program)
    monkeypatch.setenv(dask_cluster.SHARED, os.fspath(towns))
    assert dask_cluster.unfit("/nowhere", "青木镇", program) == ""


def test_no_dask_no_scheduler_no_workers_are_told(towns, monkeypatch):
    found = find_towns(towns)
    monkeypatch.setattr(dask_cluster, "PATIENCE", 0.3)
    with pytest.raises(FazhiError, match=r"连不上 Dask 调度器 tcp://127\.0\.0\.1:1（"):
        dask_cluster.run_on_cluster(found, found.towns, 2025, "tcp://127.0.0.1:1", print)
    with pytest.raises(FazhiError, match="连不上 Dask 调度器"):
        dask_cluster.run_on_cluster(found, found.towns, 2025, "没有这样的地址", print)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(FazhiError, match="没有工作节点"),
    ):
        dask_cluster.run_on_cluster(found, found.towns, 2025, empty.scheduler_address, print)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(FazhiError, match="没有安装 Dask"):
        dask_cluster.run_on_cluster(found, found.towns, 2025, "tcp://127.0.0.1:1", print)
