#!/usr/bin/env bash
# The checks of scripts/verify-full.sh, which runs them: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/processes.sh
source "$root/scripts/lib/processes.sh"
# shellcheck source=scripts/lib/waiting.sh
source "$root/scripts/lib/waiting.sh"
# shellcheck source=scripts/lib/tests.sh
source "$root/scripts/lib/tests.sh"

readonly CANNOT_RUN=77

usage() {
  cat <<'END'
Usage: scripts/checks/check.sh --list | NUMBER FOLDER

Prints the numbers and titles of all checks, or runs one, whose files go to the given empty folder.
Use scripts/verify-full.sh, which builds what is missing and ends what a check leaves running.

FCRAWLER_CHECK        marks the processes of this check: a different value for each run
FCRAWLER_CHECK_SHORT  yes: the short form of the checks that have one (13, chaos)

Exit codes: 0 it passed; 1 it failed, 77 it cannot run here, and FOLDER/why tells why.
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

# tests MODULE ARGUMENT...: compiled tests of a module, chosen by arguments for JUnit's launcher.
tests() {
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  local code=0 log
  log=$work/tests-${1//\//-}.log
  run_tests "$@" 2>&1 | tee "$log" || code=$?
  ((code == 0)) || fail "tests of $1 fail: $(failed_tests "$log" "exit code $code")"
  grep -Eq '^\[ +[1-9][0-9]* tests successful' "$log" || fail "no test of $1 was run to its end"
}

# The programs that this check started, wherever they went. Its own shells have the mark FCRAWLER_CHECK alone.
left_running() {
  processes_with "FCRAWLER_STARTED_BY=$FCRAWLER_STARTED_BY"
}

# --- the checks ----------------------------------------------------------------------------------

check_01_shellcheck() {
  needs shellcheck
  cd "$root"
  shellcheck -x .ci/run scripts/fcrawler scripts/*.sh scripts/*/*.sh infra/*/*.sh infra/images/kafka/run infra/images/redis/docker-entrypoint.sh
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
  await_launcher "$launcher" 1500
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

# await_launcher PID SECONDS
await_launcher() {
  if ! wait_for "$2" launcher_is_up_or_gone "$1" || is_gone "$1"; then
    cat "$work/standalone.log"
    fail "standalone.sh did not get ready"
  fi
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

# Everything is stopped and killed in mid-crawl, and the numbers stay exact, by a truth in Python.
check_04_kill() {
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
  wait_for 300 grep -qs '^ *[1-9][0-9]* %' "$work/broken-off.log" || fail "the demo does not get on: $(tail -n 1 "$work/broken-off.log")"
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
  persistence_test
  acceptance compose --timeout 900
  # The tests' own choice: containers of these images, where an engine has them.
  export TESTCONTAINERS_HOST_OVERRIDE=localhost
  tests common --select-class io.fcrawler.testing.DockerEngineTest \
    --select-class io.fcrawler.kafka.KafkaCommandLogTest --select-class io.fcrawler.store.redis.RedisCrawlStoreTest
  (($(grep -c 'Tests use for .* a container at' "$work/tests-common.log") == 2)) || fail "the tests did not use the images"
}

# Fixed sequences of faults: stops and starts of everything, kills, a frozen worker, a damaged file of Redis.
check_12_scenarios() {
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  "$root/scripts/chaos.sh" --scenario stop-everything --scenario kill-everything --scenario damage ||
    fail "a scenario was not exact: see its problems"
}

persistence_test() {
  local code=0
  "$root/scripts/persistence-test.sh" | tee "$work/persistence.log" || code=$?
  ((code != CANNOT_RUN)) || cannot_run "$(sed -n 's/^CANNOT RUN [^:]*: //p' "$work/persistence.log")"
  ((code == 0)) || fail "persistence-test.sh: $(grep -m 1 '^FAIL' "$work/persistence.log" || echo "exit code $code")"
}

# Faults at random, by another seed than the tests'; then every process restarted in turn, under load. The long form
# adds runs of the tests' seed, of which mvn verify has the first.
check_13_chaos() {
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  if [[ ${FCRAWLER_CHECK_SHORT:-no} != yes ]]; then
    "$root/scripts/chaos.sh" --runs 3 --seed 1 || fail "a run of seed 1 was not exact: see its problems"
  fi
  "$root/scripts/chaos.sh" --runs 2 --seed 2 || fail "a run of seed 2 was not exact: see its problems"
  "$root/scripts/chaos.sh" --rolling || fail "the rolling restart lost something, or took too long"
}

# A Redis and a Kafka that are away, slow or silent, behind the programs as processes.
check_14_degradation() {
  tests infra/standalone --select-class io.fcrawler.standalone.DegradationTest
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
  tests crawler-worker --select-class io.fcrawler.worker.MemoryTest
}

# Hosts that hang, ask to be left alone, or fail and come back.
check_17_hosts_in_trouble() {
  acceptance hosts
}

# All tests with the tag long, which take mvn verify too long, but those that have a check of their own.
check_18_long_tests() {
  local elsewhere='MemoryTest|DegradationTest|ChaosTest' modules module
  modules=$(modules_with_tests long "$elsewhere")
  [[ -n $modules ]] || fail "no test has the tag long"
  for module in $modules; do
    tests "$module" --scan-classpath target/test-classes --include-tag long --exclude-classname ".*\\.($elsewhere)"
  done
}

# What the gate picks, how checks are run and ended, what a soak counts; and that all Python parses.
check_19_the_choice_of_checks() {
  needs python3 git
  cd "$root"
  git ls-files -z --cached --others --exclude-standard '*.py' | python3 -c '
import ast, sys
for name in filter(None, sys.stdin.read().split("\0")):
    ast.parse(open(name, encoding="utf-8").read(), name)' || fail "a Python file does not parse: see above"
  python3 -B -m unittest discover --start-directory scripts/checks || fail "a test of scripts/checks failed: see above"
}

# A measurement in small, for its ways: the figures themselves say nothing.
check_20_benchmark() {
  needs python3
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  local code=0
  "$root/scripts/benchmark.sh" --pages 300 --connections 4 --limit 120 --timeout 300 --json "$work/figures.json" \
    2>&1 | tee "$work/benchmark.log" || code=$?
  ((code != CANNOT_RUN)) || cannot_run "$(sed -n 's/^CANNOT RUN: //p' "$work/benchmark.log")"
  ((code == 0)) || fail "benchmark.sh: $(tail -n 1 "$work/benchmark.log")"
  python3 -c '
import json, sys
figures = json.load(open(sys.argv[1]))
wrong = [kind for kind in ("raw", "raw, from a cache", "fcrawler") if not figures[kind]["4"]["pages/s"] > 0]
sys.exit("no figure of: %s" % wrong if wrong else 0)' "$work/figures.json" || fail "figures are missing"
}

# One short measurement of each class of benchmarks.
check_21_micro_benchmarks() {
  needs python3
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  "$root/scripts/jmh.sh" -foe true -f 1 -wi 0 -i 1 -r 100ms -p links=4 -p page=TEXT -rf json -rff "$work/figures.json" ||
    fail "jmh.sh ended with $?"
  python3 -c '
import json, sys
measured = {one["benchmark"].split(".")[-2] for one in json.load(open(sys.argv[1]))}
sys.exit(measured != {"PageBenchmark", "StartBenchmark", "TurnBenchmark", "UrlBenchmark"})' "$work/figures.json" ||
    fail "not all benchmarks gave a figure"
}

# The command line client against the whole, by a host at which nothing listens.
check_22_command_line() {
  find_jdk_25 >/dev/null || cannot_run "no JDK 25"
  "$root/scripts/fcrawler" --help | grep -q '^Usage: fcrawler' || fail "fcrawler --help prints no usage"
  local port code=0 seed=127.0.0.1:1
  port=$(free_port)
  export FCRAWLER_ALLOW_PRIVATE=127.0.0.0/8
  "$root/scripts/standalone.sh" --port "$port" --redis-port "$(free_port)" --kafka-port "$(free_port)" \
    --data "$work/data" >"$work/standalone.log" 2>&1 &
  local launcher=$! client=("$root/scripts/fcrawler")
  await_launcher "$launcher" 600
  local url=(--url "http://127.0.0.1:$port")
  "${client[@]}" submit "$seed" --watch --strict "${url[@]}" || code=$?
  ((code == 1)) || fail "fcrawler submit --watch --strict ended with $code, where a URL fails"
  "${client[@]}" status "$seed" --json "${url[@]}" | tee "$work/status.json" | grep -q '"status": *"done"' ||
    fail "fcrawler status --json does not say done: $(<"$work/status.json")"
  "${client[@]}" failures "$seed" "${url[@]}" | grep -q connection_refused || fail "fcrawler failures lacks the failure"
  "${client[@]}" list "${url[@]}" | grep -qF "$seed" || fail "fcrawler list lacks the seed"
  kill -TERM "$launcher"
  wait "$launcher" || fail "standalone.sh ended with $? after SIGTERM"
}

# --- running one ---------------------------------------------------------------------------------

checks() {
  declare -F | sed -n 's/^declare -f \(check_[0-9].*\)/\1/p' | sort
}

list() {
  local name title
  for name in $(checks); do
    title=${name#check_[0-9][0-9]_}
    name=${name#check_}
    printf '%s %s\n' "${name%%_*}" "${title//_/ }"
  done
}

main() {
  case ${1:---help} in
    --help) usage && return ;;
    --list) list && return ;;
  esac
  local name
  name=$(checks | grep "^check_$(printf '%02d' "$((10#$1))" 2>/dev/null)_") || { usage >&2 && exit 2; }
  work=${2:?a folder for the files of the check}
  export FCRAWLER_STARTED_BY=${FCRAWLER_CHECK:?marks the processes of this check}
  "$name"
}

main "$@"
