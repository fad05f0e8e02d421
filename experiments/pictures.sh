#!/usr/bin/env bash
# Draws the pictures of README and docs that show one run: its report as a browser shows it, and the
# planes of its first layer. The run is that of README, trained first if it is not there.
#   experiments/pictures.sh [RUN]     half a minute; needs chromium (Debian's package of that name)
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
run=${1:-$root/runs/digits}
pictures=$root/docs/pictures

[ -e "$run/model.safetensors" ] || "$root/bitloom" train --out "$run"
"$root/bitloom" inspect "$run" --planes "$pictures/planes.png" --layer first
"$pictures/report.sh" "$run" "$pictures/report.png" 1000 1285
