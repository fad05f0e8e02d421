#!/usr/bin/env bash
# Which bits matter: LeNet-300-100 on MNIST, five epochs.
#   experiments/which-bits.sh [OPTIONS OF reproduce]      about half an hour on two cores; goes on where it stopped
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
exec "$root/bitloom" reproduce --only bits "$@"
