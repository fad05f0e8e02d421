#!/usr/bin/env bash
# What a payload or a nested network costs, and whether it comes back whole.
#   experiments/payloads.sh [OPTIONS OF reproduce]      about half an hour on two cores; goes on where it stopped
set -euo pipefail
root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
exec "$root/bitloom" reproduce --only payload,nested "$@"
