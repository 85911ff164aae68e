#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A bulk scan as a Slurm job array: one task per shard, each with a store of its
# own; joined by a second job when all tasks are done.
#   export KEYSIFT_ROOT=/srv/git KEYSIFT_OUT=/scratch/keysift
#   array=$(sbatch --parsable --array=0-15 slurm.sh)
#   sbatch --dependency=afterok:$array slurm.sh merge
# Slurm requeues a task whose node fails; after another death say
# `scontrol requeue JOB_TASK`. It goes on where it stopped.
#SBATCH --job-name=keysift
#SBATCH --requeue
#SBATCH --open-mode=append
set -eu
: "${KEYSIFT_ROOT:?the folder with the repositories}" "${KEYSIFT_OUT:?where stores go}"
keysift=${KEYSIFT_PROGRAM:-keysift}

if [ "${1:-}" = merge ]; then
  exec "$keysift" bulk merge --store "$KEYSIFT_OUT/all.db" "$KEYSIFT_OUT"/shard-*.db
fi

shards=${KEYSIFT_SHARDS:-$SLURM_ARRAY_TASK_COUNT}
code=0
"$keysift" bulk scan --store "$KEYSIFT_OUT/shard-$SLURM_ARRAY_TASK_ID.db" \
  --root "$KEYSIFT_ROOT" --shard "$SLURM_ARRAY_TASK_ID/$shards" \
  --threads "${SLURM_CPUS_PER_TASK:-1}" --memory "${KEYSIFT_MEMORY:-2G}" || code=$?
# 1 and 3 are findings and gaps: the task has done its work.
case $code in
  0 | 1 | 3) exit 0 ;;
  *) exit "$code" ;;
esac
