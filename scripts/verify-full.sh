#!/usr/bin/env bash
# All checks that need more of a machine than `mvn verify`, or those of them that the gate picks: see --help.
# Needs Python 3.11; what else each check needs, it says where that is missing.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
command -v python3 >/dev/null || { printf 'verify-full: python3 is not installed\n' >&2 && exit 1; }
exec python3 -B "$root/scripts/checks/verify_full.py" "$@"
