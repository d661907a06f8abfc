# shellcheck shell=bash
# shellcheck disable=SC2154 # set by the script that sources this
# Builds programs that are missing or older than their sources. To be sourced, with these set:
#   root             of the project
#   jars             an array of what must be there; the first is as old as the build, if the stamp is older or missing
#   sources          an array of files and folders; one that is newer makes the build stale
#   stamp            touched after each build here; a jar's own age tells nothing, as Maven leaves
#                    alone what did not change
#   build_arguments  an array, for Maven

fail() {
  printf 'fcrawler: %s\n' "$1" >&2
  exit 1
}

wants_help() {
  local argument
  for argument in "$@"; do
    [[ $argument != --help ]] || return 0
  done
  return 1
}

jars_are_there() {
  local jar
  for jar in "${jars[@]}"; do
    [[ -f $jar ]] || return 1
  done
}

is_built() {
  jars_are_there || return 1
  local reference=${jars[0]}
  [[ ! -f $stamp || $stamp -ot $reference ]] || reference=$stamp
  local newer
  newer=$(find "${sources[@]}" -type f -newer "$reference" 2>/dev/null | head -n 1) || true
  [[ -z $newer ]]
}

# One build at a time: two at once would write the same files.
lock_build() {
  mkdir -p "$root/infra/standalone/target" "${stamp%/*}" || fail "cannot write to $root, where the programs are to be built"
  if command -v flock >/dev/null; then
    exec 9>"$root/infra/standalone/target/.build-lock"
    flock -n 9 || { printf 'waiting for another build to end\n' >&2 && flock 9; }
  fi
}

# aside COMMAND...: in the background, so that a signal ends both; its output is told if it fails.
aside() {
  local code=0
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  trap 'kill "$aside" 2>/dev/null || true; wait "$aside" || true; exit 1' INT TERM HUP
  "$@" >"$log" 2>&1 9>&- &
  aside=$!
  wait "$aside" || code=$?
  ((code == 0)) || cat "$log" >&2
  rm -f "$log"
  trap - EXIT INT TERM HUP
  return "$code"
}

# build JAVA_HOME WHAT: tells on standard error alone, as standard output is the program's.
build() {
  command -v mvn >/dev/null || fail "the programs are not built yet, and mvn is not on the PATH: install Maven 3.8 or later"
  [[ -x $1/bin/javac ]] || fail "the programs are not built yet, and $1 has no javac: install a JDK 25"
  lock_build
  if ! is_built; then
    printf 'building %s\n' "$2" >&2
    aside env JAVA_HOME="$1" mvn -B -q -f "$root/pom.xml" -DskipTests ${build_arguments[@]+"${build_arguments[@]}"} package ||
      fail "the build failed, as told above"
    touch "$stamp"
  fi
  exec 9>&-
}
