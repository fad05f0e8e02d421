#!/usr/bin/env bash
# Fully connected networks, on MNIST and Fashion-MNIST.
#   experiments/lenet300-mnist.sh [OPTIONS OF reproduce]      about 4 hours on two cores; goes on where it stopped
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
exec "$root/bitloom" reproduce --only dense "$@"
