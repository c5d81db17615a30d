#!/bin/sh
# A series of seeds as a SLURM array: each task makes one run, whose seed is the number of the task.
#
#   sbatch --array=1-20 cambrian_array.sh CONFIG.toml FOLDER [OPTIONS OF cambrian run...]
#   sbatch --array=1-20 --time=12:00:00 cambrian_array.sh experiments/hard_maze_novelty.toml maze --evaluations 500000
#
# Task 7 writes FOLDER/seed_7.h5. Five minutes before the time limit SLURM sends SIGTERM: the run saves its state, the task is queued
# again and continues there, and what it finds is the same to the last bit as without a pause. So --time may be shorter than a run takes,
# but must be longer than five minutes and a batch. A task that SLURM itself stops (preemption, a node that fails) is queued again, too,
# and continues at its last checkpoint. `scancel` ends tasks for good; to continue them, or what has failed, submit the same line again:
# finished runs stay as they are. `cambrian info FOLDER` shows how far all are, with medians and quartiles.
#
# Set CAMBRIAN if the program is not on the PATH, and CAMBRIAN_RESTARTS if a task may be queued again more often than 100 times.
# Options given to sbatch go before these:
#SBATCH --job-name=cambrian
#SBATCH --array=1-20
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=2G
#SBATCH --time=04:00:00
#SBATCH --signal=B:TERM@300
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=cambrian_%A_%a.log
set -u
if [ $# -lt 2 ] || [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
  echo "usage: sbatch --array=1-20 $0 CONFIG.toml FOLDER [OPTIONS OF cambrian run...]" >&2
  exit 2
fi
configuration=$1
folder=$2
shift 2

# B: of --signal means that this shell gets the signal, alone, and passes it on.
run=
signals=0
pass_on() {
  signals=$((signals + 1))
  [ -z "$run" ] || kill -TERM "$run" 2>/dev/null
}
trap pass_on TERM

# The same call begins a run, continues it, or says that it has finished.
"${CAMBRIAN:-cambrian}" run "$configuration" --seeds 1 --seed "$SLURM_ARRAY_TASK_ID" -o "$folder" \
  --threads "${SLURM_CPUS_PER_TASK:-1}" "$@" &
run=$!
[ "$signals" -eq 0 ] || kill -TERM "$run"

# A signal ends `wait`, not the run, which is waited for again until none came.
status=1
waited=
until [ "$waited" = "$signals" ]; do
  waited=$signals
  wait "$run"
  code=$?
  [ "$code" -eq 127 ] || status=$code
done

# 143: SIGTERM stopped the run. A task that was cancelled gets it, too, but is not running any more.
if [ "$status" -eq 143 ] && command -v scontrol >/dev/null; then
  task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
  if [ "${SLURM_RESTART_COUNT:-0}" -ge "${CAMBRIAN_RESTARTS:-100}" ]; then
    echo "$task was queued again ${SLURM_RESTART_COUNT} times, and is not any more" >&2
  elif [ "$(squeue -h -j "$task" -o %T)" = RUNNING ]; then
    scontrol requeue "$task"
  fi
fi
exit "$status"
