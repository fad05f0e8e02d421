#!/usr/bin/env bash
# Convolutional and residual networks on CIFAR-10; --epochs-share trains a part of the epochs.
#   experiments/cifar10.sh [OPTIONS OF reproduce]      days on two cores, hours on a GPU; --dry-run tells; goes on where it stopped
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
exec "$root/bitloom" reproduce --only conv,residual "$@"
