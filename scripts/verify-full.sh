#!/usr/bin/env bash
# All checks that need more of a machine than `mvn verify`: Debian's tools, ports, minutes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/processes.sh
source "$root/scripts/lib/processes.sh"
# shellcheck source=scripts/lib/waiting.sh
source "$root/scripts/lib/waiting.sh"

readonly CANNOT_RUN=77

usage() {
  cat <<'END'
Usage: scripts/verify-full.sh [--list] [NUMBER...]

Runs all checks, or those with the given numbers, and prints a table of what passed, failed, or
could not run here and why. --list prints the numbers.

Exit codes: 0 no check failed; 1 a check failed; 2 bad arguments.
END
}

# --- what the checks use -------------------------------------------------------------------------

# Ends the check: it cannot run here.
cannot_run() {
  printf '%s\n' "$1" >"$work/why"
  exit "$CANNOT_RUN"
}

# Ends the check: it failed.
fail() {
  printf '%s\n' "$1" >"$work/why"
  exit 1
}

needs() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || cannot_run "$program is not installed"
  done
}

answers() {
  curl --silent --fail --output /dev/null --max-time 5 "$1"
}

is_gone() {
  ! kill -0 "$1" 2>/dev/null
}

# maven_tests MODULE INTEGRATION_TESTS [OPTION...]: these, in this module and those that it needs.
maven_tests() {
  local module=$1 tests=$2
  shift 2
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  # Modules without such a test would report what failed there before.
  find "$root" -path '*/target/failsafe-reports/failsafe-summary.xml' -delete
  mvn -B -q -f "$root/pom.xml" -pl "$module" -am verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
    -Dit.test="$tests" -Dgroups= -DexcludedGroups= -Dfailsafe.failIfNoSpecifiedTests=false "$@" 2>&1 | tee "$work/tests.log" ||
    fail "tests fail: $(grep -m 3 '^\[ERROR\]' "$work/tests.log" | tr '\n' ' ')"
}

# The processes that this check started, wherever they went.
left_running() {
  processes_with "FCRAWLER_CHECK=$check_id"
}

# --- the checks ----------------------------------------------------------------------------------

check_01_shellcheck() {
  needs shellcheck
  cd "$root"
  shellcheck -x .ci/run scripts/fcrawler scripts/*.sh scripts/lib/*.sh infra/*/*.sh infra/images/kafka/run infra/images/redis/docker-entrypoint.sh
}

# A fresh clone starts by one command, answers, and stops on SIGTERM with nothing left.
check_02_standalone_from_a_fresh_clone() {
  needs git curl mvn
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  local clone="$work/a fresh clone"
  git clone --quiet "$root" "$clone"
  [[ -z $(git -C "$root" status --porcelain) ]] || echo "note: uncommitted changes are not part of this check"
  local port
  port=$(free_port)
  cd /
  "$clone/scripts/standalone.sh" --port "$port" --redis-port "$(free_port)" --kafka-port "$(free_port)" \
    >"$work/standalone.log" 2>&1 &
  local launcher=$!
  local api=http://127.0.0.1:$port
  if ! wait_for 900 launcher_is_up_or_gone "$launcher" || is_gone "$launcher"; then
    cat "$work/standalone.log"
    fail "standalone.sh did not get ready"
  fi
  answers "$api/readyz" || fail "$api/readyz does not answer 200"
  answers "$api/livez" || fail "$api/livez does not answer 200"
  kill -TERM "$launcher"
  wait_for 120 is_gone "$launcher" || fail "standalone.sh is not gone 120 s after SIGTERM"
  local code=0
  wait "$launcher" || code=$?
  cat "$work/standalone.log"
  ((code == 0)) || fail "standalone.sh ended with $code after SIGTERM"
  [[ -z $(left_running) ]] || fail "still running after the stop: $(left_running)"
}

launcher_is_up_or_gone() {
  is_gone "$1" || grep -qs '^fcrawler is ready' "$work/standalone.log"
}

# The whole of fcrawler against real sites; scripts/acceptance/acceptance.py tells of each.
acceptance() {
  needs python3
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  local code=0
  "$root/scripts/acceptance/acceptance.py" "$@" | tee "$work/acceptance.log" || code=$?
  ((code != CANNOT_RUN)) || cannot_run "$(sed -n 's/^CANNOT RUN [^:]*: //p' "$work/acceptance.log")"
  ((code == 0)) || fail "$(grep -m 1 '^FAIL' "$work/acceptance.log")"
}

# Debian's Python documentation on nginx, crawled whole.
check_03_docs() {
  acceptance docs --trees python3-doc
}

# Every part, and all at once, is killed in mid-crawl, and Redis's file is damaged; then the launcher, by a truth in Python.
check_04_kill() {
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  "$root/scripts/chaos.sh" --scenario kill-everything --scenario damage || fail "a scenario was not exact: see its problems"
  acceptance kill
}

check_05_a_start_page_that_redirects_to_another_host() {
  acceptance redirect-host
}

check_06_bad_input() {
  acceptance bad-input
}

# The demonstration: piped, as a log would have it, and broken off by a signal.
check_07_demo() {
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  export TMPDIR=$work/tmp
  mkdir "$TMPDIR"
  local code=0
  timeout 600 "$root/scripts/standalone.sh" --demo | tee "$work/demo.log" || code=$?
  ((code == 0)) || fail "standalone.sh --demo ended with $code"
  demo_adds_up || fail "the summary of the demo does not add up"
  demo_left_nothing
  "$root/scripts/standalone.sh" --demo >"$work/broken-off.log" 2>&1 &
  local launcher=$!
  wait_for 120 grep -qs '^ *[1-9][0-9]* %' "$work/broken-off.log" || fail "the demo does not get on: $(tail -n 1 "$work/broken-off.log")"
  kill -TERM "$launcher"
  wait "$launcher" || code=$?
  cat "$work/broken-off.log"
  ((code == 143)) || fail "standalone.sh --demo ended with $code after SIGTERM"
  demo_left_nothing
}

# The numbers of the summary, by themselves and with each other.
demo_adds_up() {
  local line numbers
  line='s/^  total +([0-9]+) = ([0-9]+) crawled \+ ([0-9]+) failed$/\1 \2 \3/p'
  read -r -a numbers <<<"$(sed -En "$line" "$work/demo.log")"
  ((${#numbers[@]} == 3)) || return 1
  ((numbers[0] > 150 && numbers[0] == numbers[1] + numbers[2])) || return 1
  grep -Eq "^  failed +${numbers[2]} = " "$work/demo.log" || return 1
  grep -Eq '^  receipt +clean' "$work/demo.log" || return 1
  grep -Eq "^  the site +has just these: ${numbers[0]} URLs, ${numbers[2]} of them" "$work/demo.log"
}

demo_left_nothing() {
  [[ -z $(left_running) ]] || fail "still running after the demo: $(left_running)"
  [[ -z $(ls -A "$TMPDIR") ]] || fail "files are left by the demo: $(ls -A "$TMPDIR")"
}

# Three workers on thirty hosts, one killed, one joining: no host is hit harder than asked.
check_08_politeness() {
  acceptance politeness
}

# A million pages, by a worker of 512 MiB, that must not get slower on the way.
check_09_a_long_crawl() {
  acceptance long-crawl --pages 1000000 --limit 1200 --timeout 1500
}

# Hot backups in a crawl, cold ones broken off, damaged archives, restores with seeds after the backup.
check_10_backup_and_restore() {
  acceptance backup --timeout 600
}

# All of fcrawler in containers, on an engine that is started for this and deleted after it.
check_11_compose_on_an_engine_of_its_own() {
  needs dockerd docker docker-compose mmdebstrap ip iptables curl openssl python3
  ((EUID == 0)) || cannot_run "not root: an engine cannot be started"
  # shellcheck source=scripts/lib/engine.sh
  source "$root/scripts/lib/engine.sh"
  trap stop_engine EXIT
  start_engine "$work/engine" || cannot_run "dockerd does not start: $(tail -n 1 "$work/engine/dockerd.log")"
  "$root/infra/images/build-local.sh" --offline || fail "the images could not be built"
  "$root/scripts/persistence-test.sh" || fail "persistence-test.sh ended with $?"
  acceptance compose --timeout 900
  # The tests' own choice: containers of these images, where an engine has them.
  export TESTCONTAINERS_HOST_OVERRIDE=localhost
  maven_tests common KafkaCommandLogTest,RedisCrawlStoreTest -Dtest=DockerEngineTest
  (($(grep -c 'Tests use for .* a container at' "$work/tests.log") == 2)) || fail "the tests did not use the images"
}

# Stops and starts of everything, after a crawl and in the midst of one.
check_12_stops_and_starts() {
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  "$root/scripts/chaos.sh" --scenario stop-everything || fail "the scenario was not exact: see its problems"
}

# Faults at random, by another seed than the tests'; then every process restarted in turn, under load.
check_13_chaos() {
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  "$root/scripts/chaos.sh" --runs 2 --seed 2 || fail "a run was not exact: see its problems"
  "$root/scripts/chaos.sh" --rolling || fail "the rolling restart lost something, or took too long"
}

# A Redis and a Kafka that are away, slow or silent, behind the programs as processes.
check_14_degradation() {
  maven_tests infra/standalone DegradationTest
}

# The patches that take out rules of the design fit; scripts/chaos.sh --without RULE attacks such a copy, which takes long.
check_15_rules_can_be_taken_out() {
  needs git
  local patch
  for patch in "$root"/infra/testing/chaos/mutants/*.patch; do
    git -C "$root" apply --check "$patch" || fail "${patch##*/} does not fit any more"
  done
}

# 200 bodies of 10 MiB at once, of the worst kinds, to a worker of 256 MiB.
check_16_a_small_heap() {
  maven_tests crawler-worker MemoryTest
}

# Hosts that hang, ask to be left alone, or fail and come back.
check_17_hosts_in_trouble() {
  acceptance hosts
}

# What takes mvn verify too long: the torture site, a failover, 10,000 active seeds, the dedupe sets' size.
check_18_long_tests() {
  maven_tests crawler-worker DedupeSizeTest,ManySeedsRecoveryTest,SentinelFailoverTest,TortureTest
}

# --- running them --------------------------------------------------------------------------------

checks() {
  declare -F | sed -n 's/^declare -f \(check_[0-9].*\)/\1/p' | sort
}

number_of() {
  local name=${1#check_}
  printf '%s\n' "${name%%_*}"
}

title_of() {
  local name=${1#check_[0-9][0-9]_}
  printf '%s\n' "${name//_/ }"
}

# Runs one check in a shell of its own, and adds a line to the table.
run_check() {
  local code=0 began=$SECONDS verdict why=''
  check_id=$$-$(number_of "$1")
  work=$all_work/$(number_of "$1")
  mkdir -p "$work"
  printf '\n=== %s %s\n' "$(number_of "$1")" "$(title_of "$1")"
  set +e
  (
    set -euo pipefail
    export FCRAWLER_CHECK=$check_id
    "$1"
  )
  code=$?
  set -e
  end_processes_with "FCRAWLER_CHECK=$check_id"
  [[ ! -r $work/why ]] || why=$(cat "$work/why")
  case $code in
    0) verdict=passed ;;
    "$CANNOT_RUN") verdict='COULD NOT RUN' ;;
    *) verdict=FAILED failed=1 why=${why:-exit code $code, see its output} ;;
  esac
  printf '=== %s %s %s\n' "$(number_of "$1")" "$verdict" "$why"
  table+=$(printf '%-2s  %-13s  %4d s  %s%s' "$(number_of "$1")" "$verdict" $((SECONDS - began)) \
    "$(title_of "$1")" "${why:+: $why}")$'\n'
}

selected() {
  local name number
  for name in $(checks); do
    number=$(number_of "$name")
    if (($# == 0)) || [[ " $* " == *" $number "* || " $* " == *" ${number#0} "* ]]; then
      printf '%s\n' "$name"
    fi
  done
}

main() {
  local argument name
  for argument in "$@"; do
    case $argument in
      --help) usage && return ;;
      --list) for name in $(checks); do printf '%s %s\n' "$(number_of "$name")" "$(title_of "$name")"; done && return ;;
      *[!0-9]*) usage >&2 && exit 2 ;;
    esac
  done
  table='' failed=0 check_id=none
  all_work=$(mktemp -d)
  trap 'end_processes_with "FCRAWLER_CHECK=$check_id"; rm -rf "$all_work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  for name in $(selected "$@"); do
    run_check "$name"
  done
  [[ -n $table ]] || { usage >&2 && exit 2; }
  printf '\n%s' "$table"
  return "$failed"
}

main "$@"
