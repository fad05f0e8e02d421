#!/usr/bin/env bash
# Does one deviation of even latents serve all networks? Rates and deviations on held-out data, never on test data.
#   experiments/even-latents.sh [FOLDER] [NETWORKS] [MORE OPTIONS OF sweep]
# such as: experiments/even-latents.sh runs/even lenet300 --seeds 1..3 --epochs 15
#          experiments/even-latents.sh runs/even resnet20 --data cifar10 --device gpu --augment crop4+flip --batch 128
# --latents, --lr and --validation take the place of the lists below.
# Without floats beside the bits (lenet300, conv2 to conv6) only rate / deviation counts: rows of equal ratio are equal runs.
# It goes on where it stopped. The lines of results.jsonl are ranked by validation accuracy.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/runs/even-latents}
networks=${2:-lenet300}
shift $(($# < 2 ? $# : 2))

lists=()
for list in '--latents paper,even:0.02,even:0.05' '--lr 5e-4,1e-3,2e-3,4e-3' '--validation 0.1'; do
  [[ " $* " == *" ${list%% *} "* ]] || lists+=("${list%% *}" "${list#* }")
done
"$root/bitloom" sweep --nets "$networks" --bits 6 --masks 111000 --decay cosine --keep none --out "$folder" \
  "${lists[@]}" "$@"

python3 - "$folder/results.jsonl" << 'PYTHON'
import collections, json, sys
rows = collections.defaultdict(list)
for line in map(json.loads, open(sys.argv[1])):
    settings = line["settings"]
    if "validationAccuracy" in line:
        key = (settings["network"], settings["weights"].get("latents", "paper"), settings["schedule"])
        rows[key].append(100 * line["validationAccuracy"])
for key, found in sorted(rows.items(), key=lambda row: (row[0][0], -sum(row[1]) / len(row[1]))):
    print("%-10s %-10s %-22s n=%d  %.2f (%.2f to %.2f)"
          % (*key, len(found), sum(found) / len(found), min(found), max(found)))
PYTHON
