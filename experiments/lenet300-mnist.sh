#!/usr/bin/env bash
# The runs behind docs/results.md: LeNet-300-100 on MNIST, three seeds each, one thread.
#   experiments/lenet300-mnist.sh [FOLDER]     about 1.5 hours on one core; goes on where it stopped
# Prints mean and standard deviation of the last epoch over the seeds.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/runs/lenet300-mnist}
short=15x9e-4,10x9e-5,5x9e-6
long=40x9e-4,40x9e-5,20x9e-6

run() { # NAME SCHEDULE SEED OPTIONS: trains, resumes, or leaves a finished run alone
  local name=$1 schedule=$2 seed=$3
  shift 3
  if [ -e "$folder/$name-$seed/model.safetensors" ]; then
    return
  elif [ -e "$folder/$name-$seed/config.json" ]; then
    "$root/bitloom" train --resume "$folder/$name-$seed" --quiet > /dev/null
  else
    "$root/bitloom" train --net lenet300 --data mnist --batch 25 --threads 1 --quiet \
      --schedule "$schedule" --seed "$seed" --out "$folder/$name-$seed" "$@" > /dev/null
  fi
}

table() { # NAME: one row over its seeds
  for metrics in "$folder/$1"-*/metrics.jsonl; do tail -n 1 "$metrics"; done |
    sed -E 's/.*"testAccuracy":([0-9.e-]+),"negative":([0-9]+),"zero":([0-9]+),"positive":([0-9]+).*/\1 \2 \3 \4/' |
    awk -v name="$1" '
      { a = 100 * $1; z = 100 * $3 / ($2 + $3 + $4); n++; sa += a; qa += a * a; sz += z; qz += z * z }
      function sd(s, q) { return n > 1 && q > s * s / n ? sqrt((q - s * s / n) / (n - 1)) : 0 }
      END { printf "%-22s n=%d  accuracy %.2f +- %.2f %%  zero %.1f +- %.1f %%\n",
              name, n, sa / n, sd(sa, qa), sz / n, sd(sz, qz) }'
}

for seed in 1 2 3; do
  run float "$short" "$seed" --float
  for rule in coupled independent; do
    run "$rule-111000" "$short" "$seed" --bits 6 --mask 111000 --rule "$rule"
    run "$rule-111111" "$short" "$seed" --bits 6 --mask all --rule "$rule"
  done
  run drift-111 "$short" "$seed" --bits 3 --mask all --drift 0.02
done
run long-float "$long" 1 --float
run long-111000 "$long" 1 --bits 6 --mask 111000

for name in float {coupled,independent}-{111000,111111} drift-111 long-float long-111000; do
  table "$name"
done
