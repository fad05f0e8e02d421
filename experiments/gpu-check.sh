#!/usr/bin/env bash
# Measures training on a GPU in at most 8 minutes: equality with the scalar kernels, repeated gradients,
# memory over many steps, steps beside float training, several processes at once, PyTorch from Python if
# it is there, and ResNet-20 on CIFAR-10 for as many epochs as fit. Prints one table.
#   experiments/gpu-check.sh [--device gpu|gpuN|cpu] [--out DIR] [--data-dir DIR] [--seconds N] [--quick]
#     --device    where to train (default: gpu)
#     --out       folder of the results (default: runs/gpu-check); what has ended there is not run again
#     --data-dir  folder that holds cifar-10-batches-bin; without, CIFAR-10 is searched as docs/data.md says
#     --seconds   that all of it may take (default: 480)
#     --quick     everything as small as can be, to try the script out; trains lenet300 on MNIST
# Where there is only a JRE, these say what to start; else it is ./bitloom and ./bitloom-bench:
#   JAVA          the program java          BITLOOM_CP    class path with all jars, benchmarks too
#   BITLOOM_OPTS  options of the JVM        PYTHON        a Python with torch (default: python3)
set -uo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
device=gpu out=$root/runs/gpu-check data=() seconds=480 quick=()

fail() {
  printf 'gpu-check: %s\n' "$1" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=(--quick) ;;
    --device | --out | --data-dir | --seconds)
      [ $# -gt 1 ] || fail "$1 must have a value, found none; see the head of this script"
      case $1 in
        --device) device=$2 ;;
        --out) out=$2 ;;
        --data-dir) data=(--data-dir "$2") ;;
        --seconds) seconds=$2 ;;
      esac
      shift
      ;;
    *) fail "option must be one of those in the head of this script, got $1" ;;
  esac
  shift
done
mkdir -p "$out" || fail "the folder $out must be writable; choose another --out"

# shellcheck disable=SC2206 # split at blanks on purpose
flags=(-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -DOPT_OUT_TRACKING=true
  -Djava.awt.headless=true --add-opens java.base/java.io=ALL-UNNAMED --add-modules jdk.incubator.vector
  -XX:CompileCommand=quiet '-XX:CompileCommand=dontinline,org.bitloom.simd.Vector*::*' ${BITLOOM_OPTS:-})
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE} MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-33554432}
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-1073741824}
if [ -n "${BITLOOM_CP:-}" ]; then
  java=("${JAVA:-java}" "${flags[@]}" -cp "$BITLOOM_CP")
  bitloom=("${java[@]}" org.bitloom.cli.Main) bench=("${java[@]}" org.bitloom.bench.Main)
else
  bitloom=("$root/bitloom") bench=("$root/bitloom-bench")
  "${bitloom[@]}" version > /dev/null && "${bench[@]}" > /dev/null 2>&1 # build before the clock runs
fi

begin=$SECONDS
left() { # seconds until all must have ended
  printf '%s\n' $((seconds - (SECONDS - begin)))
}

# limited SECONDS COMMAND...: runs it, ends it after SECONDS or when all must have ended. A first signal
# lets a training write its checkpoint.
limited() {
  local limit=$1
  shift
  [ "$limit" -le "$(left)" ] || limit=$(left)
  [ "$limit" -gt 3 ] || return 124
  timeout -k 10 "$limit" "$@"
}

# piece NAME SECONDS COMMAND...: keeps what it prints in NAME.txt, unless that is there. What was cut
# short stays in NAME.part and is run again next time. Code 1 of what is complete is a finding.
piece() {
  local name=$1 limit=$2 code from=$SECONDS
  shift 2
  if [ ! -e "$out/$name.txt" ]; then
    printf 'gpu-check: %s, at most %s s, %s s are left\n' "$name" "$limit" "$(left)" >&2
    limited "$limit" "$@" > "$out/$name.part" 2> "$out/$name.err"
    code=$?
    if [ $code -eq 0 ] || { [ $code -eq 1 ] && grep -q '^complete' "$out/$name.part"; }; then
      mv "$out/$name.part" "$out/$name.txt"
    else
      printf 'gpu-check: %s ended after %s s with code %s; see %s\n' \
        "$name" $((SECONDS - from)) $code "$out/$name.err" >&2
      printf '| %s | | cut short | code %s after %s s |\n' "$name" $code $((SECONDS - from)) >> "$out/$name.part"
    fi
  fi
}

bench_piece() { # NAME SECONDS PART OPTIONS...
  local name=$1 limit=$2
  shift 2
  piece "$name" "$limit" "${bench[@]}" device "$@" --device "$device" ${quick[@]+"${quick[@]}"}
}

# torch, from Python: what else there is on this machine.
python_piece() {
  local python=${PYTHON:-python3} where=cuda
  [ -n "${quick[*]-}" ] && where=try
  if "$python" -c 'import sys, torch; sys.exit(not (torch.cuda.is_available() or sys.argv[1] == "try"))' $where \
    2> /dev/null; then
    piece python 60 "$python" "$root/bitloom-benchmarks/src/main/python/step.py" $where
  else
    printf '| python | torch in %s | left out | %s |\n' "$python" "no torch, or no CUDA for it" > "$out/python.txt"
  fi
}

# Prints how many epochs fit, by the images per second of 4 processes; the rest is for start and tests.
epochs() {
  local rate
  rate=$(awk -F'|' '$2 ~ /parallel/ && $3 ~ / 4 x/ { print int($4) }' "$out/parallel.txt" 2> /dev/null)
  awk -v left=$(($(left) - 25)) -v rate="${rate:-0}" 'BEGIN {
    each = rate > 0 ? 1.15 * 50000 * 4 / rate : 30
    n = int(left / each)
    print (n < 1 ? 1 : n) }'
}

# train NAME OPTIONS...: trains, or goes on, until it has ended or the time is up.
train() {
  local name=$1 folder=$out/train-$1 options=()
  shift
  [ ! -e "$folder/model.safetensors" ] || return 0
  if [ -e "$folder/config.json" ]; then
    options=(train --resume "$folder" --device "$device")
  else
    options=(train --out "$folder" --device "$device" --seed 1 "$@")
  fi
  limited "$(($(left) - 12))" "${bitloom[@]}" "${options[@]}" ${data[@]+"${data[@]}"} \
    > "$out/train-$name.log" 2> "$out/train-$name.err"
}

train_all() { # three runs share the device: one leaves most of it idle
  local count common name
  if [ -n "${quick[*]-}" ]; then
    common=(--net lenet300 --data mnist --limit 2000 --epochs 1 --batch 128)
    data=()
  else
    if [ ! -e "$out/epochs" ]; then
      epochs > "$out/epochs"
    fi
    count=$(cat "$out/epochs")
    common=(--net resnet20 --data cifar10 --augment shift10+flip --batch 128 --epochs "$count")
  fi
  if [ "$device" != cpu ]; then
    common+=(--threads 2)
  fi
  printf 'gpu-check: train, %s s are left\n' "$(left)" >&2
  train float "${common[@]}" --float &
  train 111000 "${common[@]}" --bits 6 --mask 111000 &
  train all "${common[@]}" --bits 6 --mask all &
  wait
  for name in float 111000 all; do
    train_row "$name"
  done > "$out/train.rows"
}

# A row of the table from the last line of the metrics.
train_row() {
  local metrics=$out/train-$1/metrics.jsonl
  if [ ! -s "$metrics" ]; then
    printf '| train | %s | no epoch | %s |\n' "$1" "$(tail -n 1 "$out/train-$1.err" 2> /dev/null | tr '|' '/')"
    return
  fi
  awk -v name="$1" -v ended="$([ -e "$out/train-$1/model.safetensors" ] && echo ended || echo cut short)" '
    function field(key) { return match($0, "\"" key "\":[-0-9.eE]+") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) : "?" }
    { n++; s += field("seconds"); accuracy = field("testAccuracy") }
    END { printf "| train | %s, %d epochs, %s | %.2f %% test accuracy | %.2f s an epoch, three runs at once |\n",
      name, n, ended, 100 * accuracy, s / n }' "$metrics"
}

machine() {
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2> /dev/null
  for name in twins repeat memory parallel; do
    head -n 1 "$out/$name.txt" 2> /dev/null && break
  done
}

table() {
  printf '%s\n' "$(machine)" '' '| part | case | result | beside |' '|---|---|---|---|'
  local name file
  for name in twins repeat memory parallel steps-resnet20 steps-conv6 python; do
    for file in "$out/$name.txt" "$out/$name.part"; do
      if [ -e "$file" ]; then
        grep '^|' "$file" | grep -v -e '^| part |' -e '^|---'
        break
      fi
    done
  done
  cat "$out/train.rows"
}

bench_piece twins 60 twins
bench_piece repeat 40 repeat
bench_piece memory 60 memory
bench_piece parallel 90 parallel --seconds 8
bench_piece steps-resnet20 75 steps --net resnet20 --seconds 8
[ -n "${quick[*]-}" ] || bench_piece steps-conv6 75 steps --net conv6 --seconds 5
python_piece
train_all
table | tee "$out/table.md"
printf 'gpu-check: %s s; the table is in %s\n' $((SECONDS - begin)) "$out/table.md" >&2
! grep -q -e '| NO: ' -e 'cut short' -e 'no epoch' "$out/table.md"
