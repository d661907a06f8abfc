#!/usr/bin/env bash
# Measures the parts of a worker that have most to do: see --help. Builds what is missing.
# Needs a JDK 25, and Maven as long as something is to be built.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
target=$root/infra/testing/jmh/target
jars=("$target/jmh.jar")
modules=(common crawler-worker infra/embedded infra/testing/jmh)
sources=("$root/pom.xml")
for module in "${modules[@]}"; do
  sources+=("$root/$module/pom.xml" "$root/$module/src/main")
done
stamp=$target/built-by-jmh.sh
build_arguments=(-pl infra/testing/jmh -am)

# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/build.sh
source "$root/scripts/lib/build.sh"

usage() {
  cat <<'END'
Usage: scripts/jmh.sh [JMH OPTIONS] [PATTERN...]

Measures how long it takes to normalise and resolve URLs, to make fingerprints, to parse pages, and
to make a turn in memory and in a Redis that is started for it; all of it takes two or three minutes.
PATTERNs choose among the benchmarks, whose names -l prints.

Some options of JMH, all of which -h prints:
  -f N, -wi N, -i N      JVMs, warm-up iterations, iterations (1, 3, 5)
  -w TIME, -r TIME       of a warm-up iteration, of an iteration (1s)
  -p NAME=VALUE,...      of store=MEMORY,REDIS links=4,40 page=TEXT,MARKUP
  -prof gc               allocations too
  -rf json -rff FILE     write the results to a file
END
}

if wants_help "$@"; then
  usage
  exit
fi
java_home=$(find_jdk_25) || fail "no JDK 25 found: install one, such as Temurin 25, or set JAVA_HOME to it"
is_built || build "$java_home" "the benchmarks, which takes a minute the first time"
# The measured JVMs take these over, which are the worker's.
exec "$java_home/bin/java" -Xmx512m -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow \
  --enable-native-access=ALL-UNNAMED -jar "${jars[0]}" "$@"
