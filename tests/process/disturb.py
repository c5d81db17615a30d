"""What may happen to a run whose environment is a process: `disturb.py kill|orphan|interrupt|impatient PROGRAM CONFIG [NUMBER]`.

kill       kill -9 of its processes at random moments, NUMBER times: the same run to the last bit, and nothing invalid
orphan     kill -9 of Cambrian itself: its processes end
interrupt  Ctrl-C, as a terminal sends it to the whole group, NUMBER times, and resumed each time: the same run
impatient  Ctrl-C and SIGTERM while a process does not describe itself: ends by them, and leaves files as they were
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time


def children(process):
    found = []
    for task in pathlib.Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            pass
    return found


def contents(program, file):
    """Every table of a run file but its clock, and how many evaluations were invalid."""
    tables = {}
    for table in ("archive", "archive/genome", "history", "lineage"):
        answer = subprocess.run([program, "query", file, "--table", table, "--format", "jsonl"], check=False, capture_output=True, text=True)
        rows = [json.loads(line) for line in answer.stdout.splitlines()]
        for row in rows:
            row.pop("wall_seconds", None)
        tables[table] = rows
    assert tables["archive"] and tables["history"], f"{file} is empty"
    return tables, tables["history"][-1]["invalid"]


def run(program, words, **options):
    return subprocess.Popen([program, *words], stderr=subprocess.PIPE, text=True, **options)


def finish(process, expected=0):
    _, said = process.communicate()
    assert process.returncode == expected, f"ended with {process.returncode}:\n{said[-2000:]}"
    return said


def wait_for_children(process):
    while not children(process.pid):
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.001)


def changed(file):
    return file.stat().st_mtime_ns if file.exists() else 0


def undisturbed(program, config, evaluations=None):
    budget = [] if evaluations is None else ["--evaluations", str(evaluations)]
    finish(run(program, ["run", config, "-o", "calm.h5", "--force", "--quiet", *budget]))
    return contents(program, "calm.h5")


def kill(program, config, number):
    begin = time.monotonic()
    finish(run(program, ["run", config, "-o", "first.h5", "--force", "--quiet", "--evaluations", "1"]))
    lap = time.monotonic() - begin  # a start and a batch, on this machine as it is now
    chance = random.Random(number)
    log = pathlib.Path("killed.log")
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen([program, "run", config, "-o", "killed.h5", "--force", "--evaluations", "0"], stderr=file)
    killed = 0
    while killed < number and process.poll() is None:
        time.sleep(chance.uniform(0, lap))
        for child in chance.sample(victims, 1) if (victims := children(process.pid)) else []:
            os.kill(child, signal.SIGKILL)
            killed += 1
    while " elites" not in log.read_text(encoding="utf-8") and process.poll() is None:
        time.sleep(0.01)  # until its first batch is done
    process.send_signal(signal.SIGINT)
    status, said = process.wait(), log.read_text(encoding="utf-8")
    assert status == 130, f"ended with {status}:\n{said[-2000:]}"
    found, invalid = contents(program, "killed.h5")
    assert invalid == 0, f"{invalid} invalid"
    evaluations = found["history"][-1]["evaluations"]
    assert found == undisturbed(program, config, evaluations)[0], "another run"
    asked_again = said.count("it is started again")
    print(f"{killed} kills in {evaluations} evaluations, {asked_again} in the middle of a request: the same run, none invalid")


def orphan(program, config, _):
    process = run(program, ["run", config, "-o", "orphan.h5", "--force", "--quiet"])
    wait_for_children(process)
    orphans = children(process.pid)
    process.kill()
    process.wait()
    end = time.monotonic() + 30
    while alive := [child for child in orphans if pathlib.Path(f"/proc/{child}/cmdline").exists() and pathlib.Path(f"/proc/{child}/cmdline").read_bytes()]:
        assert time.monotonic() < end, f"{alive} live on"
        time.sleep(0.01)
    print("all processes have ended")


def interrupt(program, config, number):
    expected, _ = undisturbed(program, config)
    words = ["run", config, "-o", "stopped.h5", "--force", "--quiet"]
    interrupts = 0
    for _ in range(number):
        before = changed(pathlib.Path("stopped.h5"))
        process = run(program, words, start_new_session=True)
        words = ["resume", "stopped.h5", "--quiet"]
        wait_for_children(process)
        while changed(pathlib.Path("stopped.h5")) == before:  # until its process has described itself
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.001)
        time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        interrupts += 1
        said = finish(process, 130)
        assert "[process" not in said, said
    finish(run(program, words))
    found, invalid = contents(program, "stopped.h5")
    assert invalid == 0 and found == expected, "another run"
    print(f"{interrupts} interrupts: the same run")


def impatient(program, config, _):
    old = pathlib.Path("old.h5")
    for number in (signal.SIGINT, signal.SIGTERM):
        process = run(program, ["run", config, "-o", "new.h5"])
        wait_for_children(process)
        process.send_signal(number)
        said = finish(process, 128 + number)
        assert said == "stopping; press Ctrl-C again to stop at once\n", said
        assert not pathlib.Path("new.h5").exists()
        old.write_bytes(b"")
        process = run(program, ["run", config, "-o", "old.h5", "--force"])
        wait_for_children(process)
        process.send_signal(number)
        finish(process, 128 + number)
        assert old.read_bytes() == b""
    print("stopped at once")


verb, program, config, *number = sys.argv[1:]
{"kill": kill, "orphan": orphan, "interrupt": interrupt, "impatient": impatient}[verb](program, config, int(number[0]) if number else 1)
