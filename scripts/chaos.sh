#!/usr/bin/env bash
# Attacks fcrawler by machine and checks that its numbers stay exact: see --help. Builds what is missing.
# Needs a JDK 25, and Maven as long as something is to be built.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
target=$root/infra/chaos/target
jars=("$target/chaos.jar" "$root/submit-api/target/submit-api.jar" "$root/crawler-worker/target/crawler-worker.jar")
sources=("$root/pom.xml")
for module in common crawler-worker submit-api infra/embedded infra/standalone infra/chaos; do
  sources+=("$root/$module/pom.xml" "$root/$module/src/main")
done
stamp=$target/built-by-chaos.sh
build_arguments=(-pl "submit-api,crawler-worker,infra/chaos" -am)

# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/build.sh
source "$root/scripts/lib/build.sh"

java_home=$(find_jdk_25) || fail "no JDK 25 found: install one, such as Temurin 25, or set JAVA_HOME to it"
if ! { wants_help "$@" && jars_are_there; } && ! is_built; then
  build "$java_home" "what is attacked, which takes a minute or two the first time"
fi
exec "$java_home/bin/java" -Xmx512m -XX:+UseSerialGC -Dfcrawler.root="$root" -jar "${jars[0]}" "$@"
