#!/usr/bin/env bash
# Runs `mvn verify` and the checks again and again on a loaded machine, to find tests that fail without a fault: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
command -v python3 >/dev/null || { printf 'soak: python3 is not installed\n' >&2 && exit 1; }
exec python3 -B "$root/scripts/checks/soak.py" "$@"
