#!/usr/bin/env bash
# Builds all that the checks use, tests too, where it is missing or older than its sources: the one build of
# scripts/verify-full.sh. Without arguments. Exit code 77: there is no JDK 25 or no Maven to build with.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
sources=("$root/pom.xml")
jars=()
while read -r module; do
  # As old as the module's last build.
  jars+=("$root/$module/target/test-classpath")
  sources+=("$root/$module/pom.xml" "$root/$module/src")
done < <(sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$root/pom.xml")
stamp=$root/infra/standalone/target/built-by-checks
build_arguments=()

# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/build.sh
source "$root/scripts/lib/build.sh"

# What each script goes by.
touch_stamps() {
  touch "$root"/infra/standalone/target/built-by-standalone.sh "$root"/infra/testing/chaos/target/built-by-chaos.sh \
    "$root"/infra/testing/jmh/target/built-by-jmh.sh "$root"/infra/cli/target/built-by-fcrawler \
    "$root"/infra/testing/benchmark/target/benchmark.jar
}

java_home=$(find_jdk_25) || { printf 'no JDK 25 found\n' >&2 && exit 77; }
is_built && exit
command -v mvn >/dev/null || { printf 'mvn is not on the PATH\n' >&2 && exit 77; }
build "$java_home" "everything, which takes some minutes"
touch_stamps
