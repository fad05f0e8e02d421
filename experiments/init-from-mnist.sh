#!/usr/bin/env bash
# The runs behind docs/results.md: bit-wise LeNet-300-100 on MNIST from trained float networks, three
# seeds each, one thread.
#   experiments/init-from-mnist.sh [FOLDER]    about 12 minutes on one core; goes on where it stopped
# A run at a rate of 1e-30 changes no weight: it measures what quantization alone leaves.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/runs/init-from-mnist}
. "$root/experiments/runs.sh"
common=(--net lenet300 --data mnist --batch 64 --threads 1)

more() { # NAME SEED OPTIONS...: untrained, and trained at two rates
  local name=$1 seed=$2
  shift 2
  local from=(--init-from "$folder/source-$seed" "${common[@]}" "$@")
  run "$name-untrained" "$seed" "${from[@]}" --schedule 1x1e-30
  run "$name-9e-5" "$seed" "${from[@]}" --schedule 2x9e-5
  run "$name-9e-4" "$seed" "${from[@]}" --schedule 2x9e-4
}

for seed in 1 2 3; do
  run source "$seed" "${common[@]}" --schedule 2x9e-4 --float
  more float "$seed" --float
  more 1111 "$seed" --bits 4 --mask all
  more 11100000 "$seed" --bits 8 --mask top3
  more 11 "$seed" --bits 2 --mask all
  run drawn-1111 "$seed" "${common[@]}" --schedule 2x9e-4,2x9e-5 --bits 4 --mask all
done

table source
for name in float 1111 11100000 11; do
  for how in untrained 9e-5 9e-4; do
    table "$name-$how"
  done
done
table drawn-1111
