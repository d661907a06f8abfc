#!/usr/bin/env bash
# Measures fcrawler against the raw limit of this machine: see --help.
# Needs what scripts/standalone.sh needs, Python 3.11 and nginx.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"

fail() {
  printf 'benchmark: %s\n' "$1" >&2
  exit 1
}

command -v python3 >/dev/null || fail "python3 is not installed"
for argument in "$@"; do
  [[ $argument != --help && $argument != -h ]] || exec python3 "$root/scripts/benchmark/benchmark.py" --help
done
JAVA_HOME=$(find_jdk_25) || fail "no JDK 25 found: install one, such as Temurin 25, or set JAVA_HOME to it"
export JAVA_HOME
jar=$root/infra/testing/benchmark/target/benchmark.jar
if [[ ! -f $jar || -n $(find "$root/infra/testing/benchmark/src/main" "$root/infra/testing/benchmark/pom.xml" -type f -newer "$jar") ]]; then
  command -v mvn >/dev/null || fail "the raw limit's program is not built yet, and mvn is not on the PATH"
  mvn -B -q -f "$root/pom.xml" -DskipTests -pl infra/testing/benchmark -am package || fail "the build failed"
  touch "$jar"
fi
exec python3 "$root/scripts/benchmark/benchmark.py" "$@"
