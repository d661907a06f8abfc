#!/usr/bin/env bash
# Builds what is missing, then runs all of fcrawler on this machine: see --help.
# Needs a JDK 25, and Maven as long as something is to be built.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
launcher=$root/infra/standalone/target/standalone.jar
jars=("$launcher" "$root/submit-api/target/submit-api.jar" "$root/crawler-worker/target/crawler-worker.jar")
# Touched after each build here; a jar's own age tells nothing, as Maven leaves alone what did not change.
stamp=$root/infra/standalone/target/built-by-standalone.sh

# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"

fail() {
  printf 'fcrawler: %s\n' "$1" >&2
  exit 1
}

jars_are_there() {
  local jar
  for jar in "${jars[@]}"; do
    [[ -f $jar ]] || return 1
  done
}

is_built() {
  jars_are_there || return 1
  local reference=$launcher
  [[ ! -f $stamp ]] || reference=$stamp
  local newer
  newer=$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/infra/*/pom.xml \
    "$root"/*/src/main "$root"/infra/*/src/main -type f -newer "$reference" 2>/dev/null | head -n 1) || true
  [[ -z $newer ]]
}

# One build at a time: two at once would write the same files.
lock_build() {
  mkdir -p "$root/infra/standalone/target" || fail "cannot write to $root, where the programs are to be built"
  if command -v flock >/dev/null; then
    exec 9>"$root/infra/standalone/target/.build-lock"
    flock -n 9 || { printf 'waiting for another build to end\n' && flock 9; }
  fi
}

build() {
  command -v mvn >/dev/null || fail "the programs are not built yet, and mvn is not on the PATH: install Maven 3.8 or later"
  [[ -x $java_home/bin/javac ]] || fail "the programs are not built yet, and $java_home has no javac: install a JDK 25"
  lock_build
  if is_built; then
    return
  fi
  printf 'building fcrawler, which takes a minute or two the first time\n'
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  trap 'kill "$maven" 2>/dev/null || true; wait "$maven" || true; exit 1' INT TERM HUP
  JAVA_HOME=$java_home mvn -B -q -f "$root/pom.xml" -DskipTests package >"$log" 2>&1 9>&- &
  maven=$!
  if ! wait "$maven"; then
    cat "$log" >&2
    fail "the build failed, as told above"
  fi
  touch "$stamp"
  rm -f "$log"
  trap - EXIT INT TERM HUP
  exec 9>&-
}

wants_help() {
  local argument
  for argument in "$@"; do
    [[ $argument != --help ]] || return 0
  done
  return 1
}

java_home=$(find_jdk_25) || fail "no JDK 25 found: install one, such as Temurin 25, or set JAVA_HOME to it"
if ! { wants_help "$@" && jars_are_there; } && ! is_built; then
  build
fi
# How wide the terminal is that standard output is; 0 where it is none that can redraw a line.
columns=0
if [[ -t 1 && ${TERM:-dumb} != dumb ]]; then
  columns=$(tput cols 2>/dev/null) || columns=80
fi
exec "$java_home/bin/java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfcrawler.columns="$columns" -jar "$launcher" "$@"
