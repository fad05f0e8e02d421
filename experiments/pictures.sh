#!/usr/bin/env bash
# Draws the pictures of README and docs that show one run: its report as a browser shows it, and the
# planes of its first layer. The run is that of README, trained first if it is not there.
#   experiments/pictures.sh [RUN]     half a minute; needs chromium (Debian's package of that name)
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
run=${1:-$root/runs/digits}
pictures=$root/docs/pictures
page=$(mktemp -d)
trap 'rm -rf "$page"' EXIT

[ -e "$run/model.safetensors" ] || "$root/bitloom" train --out "$run"
"$root/bitloom" inspect "$run" --planes "$pictures/planes.png" --layer first
"$root/bitloom" report "$run" -o "$page/report.html"
# What the browser says of missing services of a desktop is nobody's business.
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,1285 \
  --virtual-time-budget=10000 --user-data-dir="$page/profile" \
  --screenshot="$pictures/report.png" "file://$page/report.html" 2> "$page/browser.log" ||
  { cat "$page/browser.log" >&2 && exit 1; }
