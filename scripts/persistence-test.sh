#!/usr/bin/env bash
# Shows that no progress is lost when fcrawler is stopped, removed and started again: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=scripts/lib/compose.sh
source "$root/scripts/lib/compose.sh"
# shellcheck source=scripts/lib/waiting.sh
source "$root/scripts/lib/waiting.sh"

readonly PAGES=2000 SMALL=150 WORKERS=3

usage() {
  cat <<'END'
Usage: scripts/persistence-test.sh [--keep]

Runs fcrawler by infra/docker-compose.yml on data and ports of its own, crawls a site of its own,
and checks four times that the numbers outlive what an operator does:

  1  files     Redis' append-only file and Kafka's log appear in the volume, and grow
  2  down, up  all parts are removed in order, and come back
  3  down -v   the same, with whatever volumes the engine holds
  4  crawling  a crawl of 2,000 pages is stopped in its middle, and started again

The images must be there, see infra/images/build-local.sh, and no container may be named redis.
--keep leaves the data and logs behind. Without Docker, scripts/chaos.sh --scenario stop-everything
and --scenario kill-everything do the same to processes.

Exit codes: 0 all checks passed; 1 one failed; 2 bad arguments; 77 cannot run here, and why.
END
}

# --- what is checked -----------------------------------------------------------------------------

passed=0 failed=0

# check WHAT GOT EXPECTED
check() {
  if [[ $2 == "$3" ]]; then
    printf 'ok   %s: %s\n' "$1" "$2"
    passed=$((passed + 1))
  else
    printf 'FAIL %s: %s, expected %s\n' "$1" "$2" "$3"
    failed=$((failed + 1))
  fi
}

# check_that WHAT COMMAND...
check_that() {
  local what=$1
  shift
  check "$what" "$("$@" >/dev/null 2>&1 && echo yes || echo no)" yes
}

cannot_run() {
  printf 'CANNOT RUN persistence-test: %s\n' "$1"
  exit 77
}

give_up() {
  printf 'FAIL persistence-test: %s\n' "$1"
  exit 1
}

# --- the site: a tree of pages, of which every 50th has a link that leads nowhere -------------------

make_site() {
  local folder=$1 pages=$2 page child
  mkdir -p "$folder"
  for ((page = 0; page < pages; page++)); do
    {
      printf '<!doctype html><title>Page %d</title><p>This is page %d of %d.\n' "$page" "$page" "$pages"
      for ((child = 10 * page + 1; child <= 10 * page + 10 && child < pages; child++)); do
        printf '<a href="/%d.html">%d</a>\n' "$child" "$child"
      done
      ((page % 50)) || printf '<a href="/missing-%d.html">missing</a>\n' "$page"
    } >"$folder/$( ((page)) && echo "$page" || echo index).html"
  done
}

# broken PAGES: how many of the site's links lead nowhere.
broken() {
  echo $((($1 + 49) / 50))
}

# --- the API ---------------------------------------------------------------------------------------

get() {
  curl --silent --fail --max-time 10 "http://127.0.0.1:$api_port$1"
}

ready() {
  get /readyz >/dev/null
}

# field NAME JSON: a number or a word of a flat answer.
field() {
  sed -En "s/.*\"$1\":\"?([^,\"}]*).*/\1/p" <<<"$2"
}

submit() {
  curl --silent --fail --max-time 10 --output /dev/null --header 'Content-Type: application/json' \
    --data "{\"domain\":\"$1\",\"delayMs\":$2}" "http://127.0.0.1:$api_port/api/submit"
}

# number SEED FIELD
number() {
  field "$2" "$(get "/api/fcrawler/seed/$1")"
}

is_done() {
  [[ $(number "$1" status) == "done" ]]
}

has_crawled() {
  (($(number "$1" crawled) + 0 >= $2))
}

numbers() {
  local answer
  answer=$(get "/api/fcrawler/seed/$1")
  printf '%s, %s = %s + %s' "$(field status "$answer")" "$(field total "$answer")" "$(field crawled "$answer")" "$(field failed "$answer")"
}

# expected PAGES: the numbers of a finished crawl of so many pages.
expected() {
  printf 'done, %d = %d + %d' $(($1 + $(broken "$1"))) "$1" "$(broken "$1")"
}

check_seed() {
  check "$1 by the API" "$(numbers "$1")" "$2"
  check "$1 by its receipt" "$(field verdict "$(get "/api/fcrawler/seed/$1/receipt")")" clean
  check "$1: total in Redis" "$(redis_cli GET "fcrawler:seed:{$1}:total")" "$(number "$1" total)"
}

# --- fcrawler by Compose ---------------------------------------------------------------------------

prepare() {
  docker info >/dev/null 2>&1 || cannot_run "no Docker engine answers"
  find_compose || cannot_run "neither docker-compose nor docker compose is installed"
  local image tag=${FCRAWLER_TAG:-0.1.0}
  for image in redis:7 apache/kafka:4.3.1 eclipse-temurin:25-jre "fcrawler/submit-api:$tag" "fcrawler/crawler-worker:$tag"; do
    docker image inspect "$image" >/dev/null 2>&1 || cannot_run "the engine has no image $image: infra/images/build-local.sh makes it"
  done
  ! docker container inspect redis >/dev/null 2>&1 || cannot_run "there is a container named redis: docker-compose -f infra/docker-compose.yml down"
  export COMPOSE_PROJECT_NAME=fcrawler-persistence PORT=$api_port REDIS_PORT=$redis_port KAFKA_PORT=$kafka_port
  export FCRAWLER_ALLOW_PRIVATE=10.0.0.0/8,172.16.0.0/12,192.168.0.0/16
  small=small:8080 large=large:8080
  {
    printf 'services:\n'
    mounting redis "$data/redis:/data"
    mounting kafka-volume "$data/kafka:/data"
    mounting kafka "$data/kafka:/var/lib/kafka/data"
    mounting submit-api "$data/redis:/redis:ro"
    mounting crawler-worker "$data/redis:/redis:ro"
    for site in small large; do
      mounting "$site" "$work/$site:/site:ro"
      printf '    image: eclipse-temurin:25-jre\n    command: java -Xmx64m -m jdk.httpserver -b 0.0.0.0 -p 8080 -d /site\n'
    done
  } >"$work/on-top.yml"
}

mounting() {
  printf '  %s:\n    volumes: ["%s"]\n' "$1" "$2"
}

in_compose() {
  compose -f "$root/infra/docker-compose.yml" -f "$work/on-top.yml" "$@" >>"$work/compose.log" 2>&1
}

up() {
  in_compose up -d --scale "crawler-worker=$WORKERS"
}

down() {
  in_compose down
}

remove() {
  in_compose down -v
}

pause() {
  in_compose stop
}

unpause() {
  in_compose start
}

redis_cli() {
  docker exec redis redis-cli "$@"
}

# The files belong to users of the containers; the engine may read them.
in_data() {
  docker run --rm --network none --volume "$data:/volumes:ro" --workdir /volumes redis:7 sh -c "$1"
}

containers_of() {
  docker ps --all --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter "label=com.docker.compose.service=$1"
}

workers() {
  containers_of crawler-worker | wc -l
}

requests() {
  docker logs "$(containers_of large)" 2>&1
}

clean() {
  [[ -e $work/on-top.yml ]] || return 0
  in_compose down -v --timeout 20 || true
  docker run --rm --network none --volume "$data:/volumes" redis:7 sh -c 'rm -rf /volumes/*'
}

# --- the four tests --------------------------------------------------------------------------------

# start COMMAND: until all is ready.
start() {
  "$1" || give_up "it does not start: $(tail -n 5 "$work"/*.log)"
  wait_for 180 ready || give_up "it is not ready after 180 s: $(tail -n 5 "$work"/*.log)"
}

aof_bytes() {
  in_data 'cat redis/appendonlydir/appendonly.aof.* | wc -c'
}

await_done() {
  wait_for 120 is_done "$1" || give_up "$1 is not done after 120 s: $(numbers "$1")"
}

test_1_files() {
  local before
  start up
  check "workers" "$(workers)" "$WORKERS"
  before=$(aof_bytes)
  wait_for 60 submit "$small" 0 || give_up "the API does not take $small"
  await_done "$small"
  check_seed "$small" "$(expected $SMALL)"
  check_that "the list of the append-only file's parts is in the volume" in_data 'test -s redis/appendonlydir/appendonly.aof.manifest'
  check_that "its base is" in_data 'ls redis/appendonlydir/*.base.*'
  check_that "its increment is, and not empty" in_data 'find redis/appendonlydir -name "*.incr.aof" -size +0 | grep .'
  check_that "it has grown by the crawl" test "$(aof_bytes)" -gt "$before"
  check "partitions of the log of commands in Kafka's volume" "$(in_data 'ls -d kafka/fcrawler.commands-* | wc -l')" 64
}

check_again() {
  check "the API meanwhile" "$(ready && echo answers || echo silent)" silent
  check_that "the append-only file is still in the volume" in_data 'test -s redis/appendonlydir/appendonly.aof.manifest'
  start up
  check_seed "$small" "$(expected $SMALL)"
}

test_2_down_and_up() {
  down
  check_again
}

test_3_down_with_volumes_and_up() {
  remove
  check_again
  check "a submission afterwards" "$(submit "$small" 0 && echo taken)" taken
  await_done "$small"
  check_seed "$small" "$(expected $SMALL)"
}

test_4_a_crawl_stopped_in_its_middle() {
  local before
  wait_for 60 submit "$large" 2 || give_up "the API does not take $large"
  wait_for 60 has_crawled "$large" $((PAGES / 5)) || give_up "$large does not get on: $(numbers "$large")"
  pause
  start unpause
  before=$(number "$large" crawled)
  check_that "it knows what it had crawled, more than a fifth ($before)" test "$before" -ge $((PAGES / 5))
  check_that "it was in its middle" test "$before" -lt $PAGES
  await_done "$large"
  check_seed "$large" "$(expected $PAGES)"
  requests | sed -En 's/.*"GET (\/[^ ]*) .*/\1/p' | grep -v '^/robots.txt$' | sort >"$work/asked"
  check "different URLs that the site was asked for" "$(uniq "$work/asked" | wc -l)" $((PAGES + $(broken $PAGES)))
  check "those asked for twice, though it was stopped in order" "$(uniq -d "$work/asked" | wc -l)" 0
  check_seed "$small" "$(expected $SMALL)"
}

# --- running them ----------------------------------------------------------------------------------

clean_up() {
  clean >>"$work/clean.log" 2>&1 || true
  if [[ $keep == yes ]]; then
    printf 'data and logs: %s\n' "$work"
  else
    rm -rf "$work"
  fi
}

keep=no
for argument in "$@"; do
  case $argument in
    --help) usage && exit ;;
    --keep) keep=yes ;;
    *) usage >&2 && exit 2 ;;
  esac
done
command -v curl >/dev/null || cannot_run "curl is not installed"
work=$(mktemp -d "${TMPDIR:-/tmp}/fcrawler-persistence.XXXXXX")
data=$work/volumes
mkdir -p "$data/redis" "$data/kafka"
chmod 755 "$work"
api_port=$(free_port) redis_port=$(free_port) kafka_port=$(free_port)
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
make_site "$work/small" $SMALL
make_site "$work/large" $PAGES
prepare
for one in $(declare -F | sed -n 's/^declare -f \(test_[0-9].*\)/\1/p'); do
  name=${one#test_}
  printf '\n=== %s\n' "${name//_/ }"
  "$one"
done
printf '\n%s persistence-test: 4 tests, %d checks, %d failed, %d s\n' "$( ((failed)) && echo FAIL || echo PASS)" $((passed + failed)) "$failed" "$SECONDS"
((failed == 0))
