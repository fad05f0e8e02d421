#!/usr/bin/env bash
# The runs behind docs/results.md: LeNet-300-100 on Fashion-MNIST, 10 epochs, three seeds each, one thread.
#   experiments/fashion-mnist.sh [FOLDER]      about 7 minutes on one core; goes on where it stopped
# The data set is searched, and downloaded if need be, as docs/data.md says.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/runs/fashion-mnist}
. "$root/experiments/runs.sh"
common=(--net lenet300 --data fashion-mnist --batch 64 --threads 1 --schedule 6x9e-4,3x9e-5,1x9e-6)

for seed in 1 2 3; do
  run float "$seed" "${common[@]}" --float
  run 111000 "$seed" "${common[@]}" --bits 6 --mask 111000
  run 111111 "$seed" "${common[@]}" --bits 6 --mask all
done

for name in float 111000 111111; do
  table "$name"
done
