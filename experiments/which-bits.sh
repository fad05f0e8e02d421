#!/usr/bin/env bash
# The runs behind "Which bits matter" of docs/results.md: LeNet-300-100 on MNIST, five epochs.
#   experiments/which-bits.sh [FOLDER]      about half an hour on two cores; goes on where it stopped
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/runs/which-bits}
common=(--net lenet300 --data mnist --schedule 3x9e-4,1x9e-5,1x9e-6 --batch 64 --float --keep none)

"$root/bitloom" sweep "${common[@]}" --bits 2,4,6,8,16,32 --masks top1..top4,all --seeds 1..3 \
  --out "$folder/depths" --title "Three trained bits are as good as floats, at any depth"
"$root/bitloom" sweep "${common[@]}" --bits 4 --masks every --out "$folder/every"
"$root/bitloom" sweep "${common[@]}" --bits 8 --masks single --out "$folder/single"
