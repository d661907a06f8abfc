#!/usr/bin/env bash
# Builds what is missing, then runs all of fcrawler on this machine: see --help.
# Needs a JDK 25, and Maven as long as something is to be built.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
trained=$root/infra/standalone/target/trained
quick=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1)

# shellcheck source=scripts/lib/programs.sh
source "$root/scripts/lib/programs.sh"
# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/build.sh
source "$root/scripts/lib/build.sh"

jdk_build() {
  printf '%s %s\n' "$java_home" "$(grep -s '^IMPLEMENTOR_VERSION=\|^JAVA_RUNTIME_VERSION=' "$java_home/release" | tr '\n' ' ')"
}

# Whether there are caches of what the JVM learned of these very programs on this JDK, or none can be made.
is_trained() {
  local newer
  [[ -f $trained && $(<"$trained") == "$(jdk_build)" ]] || return 1
  newer=$(find "${jars[@]}" "$root"/{crawler-worker,submit-api,infra/standalone}/target/lib -name '*.jar' -newer "$trained" | head -n 1)
  [[ -z $newer ]]
}

# Without it all works, but starts more slowly: a failure is told, and not met again at each start.
train() {
  local folder=${trained%/*}
  [[ -w $folder && (-w $folder/.build-lock || ! -e $folder/.build-lock) ]] || return 0
  lock_build
  if ! is_trained; then
    printf 'preparing the programs for quicker starts, which takes half a minute, once\n' >&2
    aside "$java_home/bin/java" "${quick[@]}" -Xmx256m -Dsun.net.httpserver.nodelay=true -jar "$launcher" --train ||
      printf 'that did not work, as told above; starts take some seconds longer\n' >&2
    jdk_build >"$trained" 2>/dev/null || true
  fi
  exec 9>&-
}

java_home=$(find_jdk_25) || fail "no JDK 25 found: install one, such as Temurin 25, or set JAVA_HOME to it"
if ! { wants_help "$@" && jars_are_there; } && ! is_built; then
  build "$java_home" "fcrawler, which takes a minute or two the first time"
fi
if ! wants_help "$@" && ! is_trained; then
  train
fi
# How wide the terminal is that standard output is; 0 where it is none that can redraw a line.
columns=0
if [[ -t 1 && ${TERM:-dumb} != dumb ]]; then
  columns=$(tput cols 2>/dev/null) || columns=80
fi
exec "$java_home/bin/java" "${quick[@]}" -Xmx64m -Dfcrawler.columns="$columns" -jar "$launcher" "$@"
