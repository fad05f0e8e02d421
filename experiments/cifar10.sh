#!/usr/bin/env bash
# The runs behind docs/results.md: ResNet-20, Conv4 and Conv2 on CIFAR-10, one seed, one thread.
#   experiments/cifar10.sh [FOLDER]      about 4 hours on one core; goes on where it stopped
# The data set is searched, and downloaded if need be, as docs/data.md says.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/runs/cifar10}
. "$root/experiments/runs.sh"
common=(--data cifar10 --batch 64 --threads 1)
residual=(--net resnet20 --augment shift10+flip --schedule 6x1e-3,1x1e-4,1x1e-5)

run resnet20-float 1 "${common[@]}" "${residual[@]}" --float
run resnet20-111000 1 "${common[@]}" "${residual[@]}" --bits 6 --mask 111000
run resnet20-111111 1 "${common[@]}" "${residual[@]}" --bits 6 --mask all
more=(--net resnet20 --augment shift10+flip --schedule 2x1e-4)
run resnet20-more-float 1 "${common[@]}" "${more[@]}" --float --init-from "$folder/resnet20-float-1"
run resnet20-more-111000 1 "${common[@]}" "${more[@]}" --bits 6 --mask 111000 \
  --init-from "$folder/resnet20-111000-1"
for net in conv4 conv2; do
  run "$net-float" 1 "${common[@]}" --net "$net" --epochs 3 --float
  run "$net-111000" 1 "${common[@]}" --net "$net" --epochs 3 --bits 6 --mask 111000
done

for name in resnet20-{float,111000,111111,more-float,more-111000} conv4-{float,111000} conv2-{float,111000}; do
  table "$name"
done
