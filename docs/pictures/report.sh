#!/usr/bin/env bash
# Makes a picture of the report of a run, as README shows it.
#   docs/pictures/report.sh RUN FILE.png [WIDTH [HEIGHT [dark]]]
# Needs chromium (Debian: apt-get install chromium).
set -eu

run=$1 picture=$2 width=${3:-1200} height=${4:-1500} theme=${5:-light}
root=$(cd -P -- "$(dirname -- "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$root/bitloom" report "$run" -o "$folder/report.html"
options=(--headless --disable-gpu --hide-scrollbars --virtual-time-budget=5000)
[ "$theme" != dark ] || options+=(--blink-settings=preferredColorScheme=0)
[ "$(id -u)" != 0 ] || options+=(--no-sandbox) # which root has no use for
chromium "${options[@]}" --user-data-dir="$folder/profile" --window-size="$width,$height" \
  --screenshot="$folder/picture.png" "file://$folder/report.html" 2>/dev/null
mv -- "$folder/picture.png" "$picture"
