#!/usr/bin/env bash
# The runs behind docs/results.md: LeNet-300-100 on MNIST, three seeds each, one thread.
#   experiments/lenet300-mnist.sh [FOLDER]     about 1.5 hours on one core; goes on where it stopped
# Prints mean and standard deviation of the last epoch over the seeds.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/runs/lenet300-mnist}
short=15x9e-4,10x9e-5,5x9e-6
long=40x9e-4,40x9e-5,20x9e-6

. "$root/experiments/runs.sh"
common=(--net lenet300 --data mnist --batch 25 --threads 1)

for seed in 1 2 3; do
  run float "$seed" "${common[@]}" --schedule "$short" --float
  for rule in coupled independent; do
    run "$rule-111000" "$seed" "${common[@]}" --schedule "$short" --bits 6 --mask 111000 --rule "$rule"
    run "$rule-111111" "$seed" "${common[@]}" --schedule "$short" --bits 6 --mask all --rule "$rule"
  done
  run drift-111 "$seed" "${common[@]}" --schedule "$short" --bits 3 --mask all --drift 0.02
done
run long-float 1 "${common[@]}" --schedule "$long" --float
run long-111000 1 "${common[@]}" --schedule "$long" --bits 6 --mask 111000

for name in float {coupled,independent}-{111000,111111} drift-111 long-float long-111000; do
  table "$name"
done
