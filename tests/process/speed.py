"""How fast environments in processes are: `speed.py PROGRAM`, on a machine that does nothing else. Not a test: it takes time.

A trivial environment with requests of 100 on one core, and one that computes for 5 ms, alone in its request, on two cores.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ENVIRONMENT = '''
import json, sys, time
print(json.dumps({"cambrian": 1, "vector_length": 10, "block": int(sys.argv[1]), "objectives": [{"name": "closeness"}],
                  "measures": [{"name": "x", "min": -5, "max": 5}, {"name": "y", "min": -5, "max": 5}]}), flush=True)
for line in sys.stdin:
    end = time.perf_counter() + float(sys.argv[2])
    results = [{"objectives": [-sum(v * v for v in x)], "measures": x[:2]} for x in json.loads(line)["genomes"]]
    while time.perf_counter() < end:
        pass
    print(json.dumps({"results": results}), flush=True)
'''


def rate(program, block, seconds, threads, evaluations):
    """Evaluations per second of the run, starts of processes left out: what the second half takes."""
    pathlib.Path("env.py").write_text(ENVIRONMENT, encoding="utf-8")
    pathlib.Path("run.toml").write_text(f"""
        run = {{evaluations = {evaluations}, threads = {threads}, log_interval = {evaluations // 10}}}
        environment = {{name = "process", command = ["{sys.executable}", "env.py", "{block}", "{seconds}"]}}
        algorithm = {{name = "map_elites", batch = 1000}}
        archive = {{shape = [50, 50]}}""", encoding="utf-8")
    words = ["taskset", "-c", "0"] if threads == 1 else []
    subprocess.run([*words, program, "run", "run.toml", "--force", "--quiet"], check=True)
    table = subprocess.run([program, "query", "run.h5", "--table", "history", "--select", "evaluations,wall_seconds", "--format", "csv"],
                           check=True, capture_output=True, text=True).stdout
    rows = [tuple(map(float, row)) for row in re.findall(r"([\d.]+),([\d.e+-]+)", table)]
    (first, began), (last, ended) = rows[len(rows) // 2], rows[-1]
    return (last - first) / (ended - began)


program = pathlib.Path(sys.argv[1]).absolute()
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    print(f"requests of 100 on one core: {rate(program, 100, 0, 1, 200000):,.0f} evaluations/s")
    print(f"5 ms each on two cores: {rate(program, 1, 0.005, 2, 10000) / 400:.1%} of what they can do")
