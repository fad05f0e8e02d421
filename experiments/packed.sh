#!/usr/bin/env bash
# The runs behind docs/packed.md: the smallest files at the best accuracy, by drift. Goes on where it stopped.
#   experiments/packed.sh [--net lenet300|resnet20] [--drifts LIST] [--seeds LIST] [--epochs N]
#                         [--validation SHARE] [--out DIR] [--data-dir DIR]
#     --net         lenet300 on MNIST (default), a minute a run on a quiet core; resnet20 on CIFAR-10, hours
#     --drifts      such as "0.02 0.05" (default: "0 0.005 0.01 0.02 0.05 0.1", of resnet20 "0.01")
#     --seeds       (default: "1 2 3", of resnet20 "1")
#     --validation  hold out a share of the training samples and tell the accuracy on them, to choose
#                   settings; without, that on the test samples
#     --out         folder of the runs and packed files (default: runs/packed)
#     --data-dir    folder of the data set; without, it is searched as docs/data.md says
# Prints a table and writes bytes.svg: accuracy against bytes of the file.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=$root/runs/packed net=lenet300 drifts='' seeds='' epochs='' held_out=() data=()

while [ $# -gt 0 ]; do
  [ $# -gt 1 ] || { printf 'packed: %s must have a value, found none\n' "$1" >&2; exit 2; }
  case $1 in
    --net) net=$2 ;;
    --drifts) drifts=$2 ;;
    --seeds) seeds=$2 ;;
    --epochs) epochs=$2 ;;
    --validation) held_out=(--validation "$2") ;;
    --out) folder=$2 ;;
    --data-dir) data=(--data-dir "$2") ;;
    *) printf 'packed: options are those in the head of this script, got %s\n' "$1" >&2; exit 2 ;;
  esac
  shift 2
done
. "$root/experiments/runs.sh"
case $net in
  lenet300)
    options=(--data mnist --input 0,0.3 --augment shift5 --lr 1e-3)
    drifts=${drifts:-0 0.005 0.01 0.02 0.05 0.1} seeds=${seeds:-1 2 3} epochs=${epochs:-20} ;;
  resnet20)
    options=(--data cifar10 --input unit --augment crop4+flip --batch 128 --lr 2e-3)
    drifts=${drifts:-0.01} seeds=${seeds:-1} epochs=${epochs:-100} ;;
  *) printf 'packed: --net must be lenet300 or resnet20, got %s\n' "$net" >&2; exit 2 ;;
esac
options+=(--net "$net" --bits 3 --mask 111 --decay cosine --epochs "$epochs" --threads 1)
mkdir -p "$folder"

for seed in $seeds; do
  for drift in $drifts; do
    name=$net-$epochs-$drift${held_out:+-held-out}
    run "$name" "$seed" "${options[@]}" "${held_out[@]}" "${data[@]}" --drift "$drift"
    "$root/bitloom" export "$folder/$name-$seed" --to packed -o "$folder/$name-$seed.packed" \
      --overwrite > /dev/null
    if [ ! -e "$folder/$name-$seed.json" ]; then # what the packed file itself answers
      "$root/bitloom" eval "$folder/$name-$seed.packed" --engine java --json "${data[@]}" \
        > "$folder/$name-$seed.part"
      mv "$folder/$name-$seed.part" "$folder/$name-$seed.json"
    fi
  done
done

python3 - "$folder" "$net-$epochs" "${held_out[*]}" << 'PYTHON'
import collections, glob, json, os, statistics, sys
folder, start, held_out = sys.argv[1:]
rows = collections.defaultdict(list)
for file in sorted(glob.glob(os.path.join(folder, start + "-*.packed"))):
    run, name = file[:-len(".packed")], os.path.basename(file)[len(start) + 1 : -len(".packed")]
    if ("held-out" in name) != bool(held_out) or not os.path.exists(run + ".json"):
        continue
    last = json.loads(open(os.path.join(run, "metrics.jsonl")).read().splitlines()[-1])
    accuracy = last["validationAccuracy"] if held_out else json.load(open(run + ".json"))["accuracy"]
    zeros = last["zero"] / (last["negative"] + last["zero"] + last["positive"])
    rows[float(name.split("-")[0])].append((os.path.getsize(file), 100 * accuracy, 100 * zeros))

def figure(values, digits):
    spread = statistics.stdev(values) if len(values) > 1 else 0
    return f"{statistics.mean(values):,.{digits}f} ± {spread:,.{digits}f}"

print("| drift | seeds | bytes of the file | accuracy % | zeros % |\n|---|---|---|---|---|")
for drift, found in sorted(rows.items()):
    size, accuracy, zeros = zip(*found)
    print(f"| {drift:g} | {len(found)} | {figure(size, 0)} | {figure(accuracy, 2)} | {figure(zeros, 1)} |")

points = [(drift, size, accuracy) for drift in rows for size, accuracy, _ in rows[drift]]
right = 5000 * (max(size for _, size, _ in points) // 5000 + 1)
low = int(10 * min(accuracy for *_, accuracy in points)) / 10 - 0.1
high = int(10 * max(accuracy for *_, accuracy in points)) / 10 + 0.2
x = lambda size: 70 + 500 * size / right
y = lambda accuracy: 20 + 300 * (high - accuracy) / (high - low)
svg = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 370" font-family="sans-serif" font-size="13">',
       '<rect width="600" height="370" fill="white"/>']
for i in range(6):
    size, accuracy = right * i / 5, low + (high - low) * i / 5
    svg.append(f'<path d="M{x(size):.1f} 20V320M70 {y(accuracy):.1f}H570" stroke="#ddd"/>'
               f'<text x="{x(size):.1f}" y="338" text-anchor="middle">{size:,.0f}</text>'
               f'<text x="64" y="{y(accuracy) + 4:.1f}" text-anchor="end">{accuracy:.2f}</text>')
means = []
for drift, found in sorted(rows.items()):
    means.append([statistics.mean(v) for v in zip(*found)][:2])
    at = means[-1]
    side, anchor = (8, "start") if x(at[0]) < 260 else (0, "middle")  # the curve is steep, then flat
    below = y(min(accuracy for _, accuracy, _ in found)) + (8 if side else 22)
    svg.append(f'<text x="{x(at[0]) + side:.1f}" y="{below:.1f}" text-anchor="{anchor}">'
               f'drift {drift:g}</text>')
    svg += [f'<circle cx="{x(s):.1f}" cy="{y(a):.1f}" r="3.5" fill="#26c"/>' for s, a, _ in found]
path = " ".join(f"{x(s):.1f},{y(a):.1f}" for s, a in means)
svg.append(f'<polyline points="{path}" fill="none" stroke="#26c"/>')
svg.append('<text x="320" y="360" text-anchor="middle">bytes of the packed file</text>'
           '<text x="16" y="170" text-anchor="middle" transform="rotate(-90 16 170)">accuracy in %</text></svg>')
open(os.path.join(folder, "bytes.svg"), "w").write("\n".join(svg) + "\n")
PYTHON
