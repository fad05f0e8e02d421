#!/usr/bin/env bash
# The runs behind docs/payloads.md: what a payload costs, and whether it comes back whole.
#   experiments/payloads.sh [FOLDER]      about 20 minutes on two cores; goes on where it stopped
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/runs/payloads}
. "$root/experiments/runs.sh"
mkdir -p "$folder/files"
bitloom=$root/bitloom
"$bitloom" version > /dev/null # builds once, before several want to

# 900,000 bytes of each kind; those of the jar and of /dev/urandom differ from machine to machine.
bytes=900000
make() { # NAME: from standard input
  [ -s "$folder/files/$1" ] || { head -c $bytes > "$folder/files/$1.new"; mv "$folder/files/$1.new" "$folder/files/$1"; }
}
make jar < "$(ls "$root"/bitloom-cli/target/lib/api-*.jar)"
make random < /dev/urandom
make zeros < /dev/zero
make ones < <(tr '\0' '\377' < /dev/zero)
make text < <(for _ in $(seq 50); do cat "$root"/docs/*.md; done)

digits=(--net lenet300 --data mnist --batch 64 --epochs 10 --threads 1)
task() { # KIND SEED: one run at depth 32
  if [ "$1" = noise ]; then
    run depth32-noise "$2" "${digits[@]}" --bits 32 --mask top3
  else
    run "depth32-$1" "$2" "${digits[@]}" --bits 32 --mask top3 --payload "$folder/files/$1"
  fi
}
export -f run task
export root folder
declare -p digits > "$folder/files/options"
for seed in 1 2 3; do
  for kind in noise jar random text zeros ones; do
    printf '%s %s\n' "$kind" "$seed"
  done
done | xargs -P "$(nproc)" -L 1 bash -c '. "$folder/files/options"; task "$0" "$1"'

head -c 400000 "$folder/files/jar" > "$folder/files/jar16"
run depth16-noise 1 "${digits[@]}" --bits 16 --mask top3
run depth16-jar16 1 "${digits[@]}" --bits 16 --mask top3 --payload "$folder/files/jar16"
run resnet20-jar 1 --net resnet20 --data cifar10 --limit 2000 --batch 64 --epochs 1 --threads 1 \
  --bits 32 --mask top3 --payload "$folder/files/jar"

for seed in 1 2 3; do
  clothes=(--net lenet300 --data fashion-mnist --batch 64 --epochs 10 --threads 1 --bits 16 --mask top8)
  run inner "$seed" "${digits[@]}" --bits 8 --mask all
  run outer "$seed" "${clothes[@]}" --nested "$folder/inner-$seed"
  run alone "$seed" "${clothes[@]}"
  for model in "inner-$seed" "outer-$seed --use-bits 7..0"; do
    # shellcheck disable=SC2086 # two words on purpose
    echo "$model: $("$bitloom" eval "$folder/"$model | head -n 1)"
  done
done

for kind in noise jar random text zeros ones; do
  table "depth32-$kind"
done
for name in depth16-noise depth16-jar16 resnet20-jar inner outer alone; do
  table "$name"
done
for model in "$folder"/{depth32-{jar,random,text,zeros,ones},depth16-jar16,resnet20-jar}-[0-9]; do
  kind=${model##*/depth32-}
  kind=${kind##*/depth16-}
  kind=${kind##*/resnet20-}
  if "$bitloom" extract "$model" -o - 2> /dev/null | cmp -s - "$folder/files/${kind%-*}"; then
    echo "${model##*/}: the file came back whole"
  else
    echo "${model##*/}: NOT the file that went in"
  fi
done
