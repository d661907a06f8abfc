# shellcheck shell=bash
# shellcheck disable=SC2015,SC2016,SC2034,SC2154 # shared with the scripts that source this
# Redis as a container; see redis-data.sh for what each function is to do. Its files belong to a user
# of the image, and may be nobody else's to read: containers of the same image get at them.

container=${FCRAWLER_REDIS_CONTAINER:-redis}
audit_image=${FCRAWLER_AUDIT_IMAGE:-}

place_options() {
  case $1 in
    --container) container=$2 ;;
    --audit-image) audit_image=$2 ;;
    *) return 1 ;;
  esac
}

place_open() {
  command -v docker >/dev/null || fail "$UNREACHABLE" "docker is not installed (for fcrawler without Docker: --standalone)"
  [[ $container =~ ^[A-Za-z0-9][A-Za-z0-9_.-]*$ ]] || usage_error "--container is '$container', which is no container's name"
  engine=$(docker info --format '{{.ID}}' 2>/dev/null) && [[ -n $engine ]] ||
    fail "$UNREACHABLE" "no Docker engine answers (for fcrawler without Docker: --standalone)"
  image=$(docker inspect --type container -f '{{.Image}}' "$container" 2>/dev/null) ||
    fail "$UNREACHABLE" "there is no container named $container: start Compose, or name it by --container"
  place="container $container"
  # Not in TMPDIR: everybody is to find the same file. Another engine has another container of the name.
  lock_file=/tmp/fcrawler-$container-${engine//[^A-Za-z0-9]/}.lock
  version=$(docker run --rm --network none --entrypoint redis-server "$image" --version | sed -n 's/.* v=\([0-9.]*\).*/\1/p') ||
    fail "$UNREACHABLE" "the image of $container has no redis-server"
  check_aof=redis-check-aof
}

is_up() {
  [[ $(docker inspect --type container -f '{{.State.Running}}' "$container" 2>/dev/null) == true ]]
}

# --- talking to it -------------------------------------------------------------------------------

redis_pipe() {
  docker exec -i "$container" redis-cli 9<&- | tr -d '\r'
}

redis_found() {
  if ! is_up; then
    say stopped
    return 0
  fi
  case $(answer_of redis_pipe) in
    up) say up ;;
    loading) await_answer redis_pipe 60 && say up || say broken ;;
    *) say broken ;;
  esac
}

redis_halt() {
  is_up || return 0
  jot halted yes
  docker stop -t 120 "$container" >/dev/null 9<&- || { notice "the container $container cannot be stopped" && return 1; }
}

redis_release() {
  docker start "$container" >/dev/null 9<&- || return 1
  strike halted
  await_answer redis_pipe 90
}

# --- its files -----------------------------------------------------------------------------------

in_volume() {
  local script=$1
  shift
  docker run --rm -i --network none --user 0:0 --label "fcrawler.run=$run_id" --volumes-from "$container" \
    --entrypoint sh "$image" -c "cd /data || exit 1; $script" sh "$@" 9<&-
}

# --- the auditor ---------------------------------------------------------------------------------

submit_api() {
  docker ps -q --filter label=com.docker.compose.service=submit-api | head -n 1
}

auditor_image() {
  local api
  if [[ -n $audit_image ]]; then
    say "$audit_image"
  elif api=$(submit_api) && [[ -n $api ]]; then
    docker inspect --type container -f '{{.Image}}' "$api"
  else
    say "fcrawler/submit-api:${FCRAWLER_TAG:-0.1.0}"
  fi
}

audit_in_network_of() {
  docker run --rm --network "container:$1" --label "fcrawler.run=$run_id" -e REDIS_URL= -e REDIS_HOST=127.0.0.1 -e REDIS_PORT=6379 \
    "$(auditor_image)" audit 9<&-
}

audit_live() {
  local api
  api=$(submit_api)
  if [[ -n $api ]]; then
    docker exec "$api" java -jar /opt/fcrawler/submit-api.jar audit 9<&-
  else
    audit_in_network_of "$container"
  fi
}

# --- a throw-away server -------------------------------------------------------------------------

scratch_open() {
  local volume=()
  [[ $1 == copy ]] || volume=(--volumes-from "$container")
  scratch=fcrawler-scratch-$run_id
  # It ends by itself at last, should all that could end it be killed.
  docker run -d --rm --network none --user 0:0 --name "$scratch" --label "fcrawler.run=$run_id" \
    ${volume[@]+"${volume[@]}"} --entrypoint sleep "$image" 14400 >/dev/null 9<&-
}

scratch_fill() {
  docker exec -i "$scratch" sh -c 'mkdir /copy && tar -xf - -C /copy --no-same-owner' 9<&-
}

scratch_folder() {
  say /copy
}

scratch_server() {
  local folder=$1
  shift
  [[ $folder == /* ]] || folder=/data/$folder
  docker exec -d "$scratch" sh -c 'umask 077 && exec redis-server "$@"' sh --bind 127.0.0.1 --port 6379 --dir "$folder/redis" --daemonize no --save '' \
    --aof-load-truncated no --auto-aof-rewrite-percentage 0 --logfile "$folder/log" --pidfile "/tmp/pid" "$@" 9<&- || return 1
  scratch_log_file=$folder/log
  wait_for 5 scratch_answers || true
  while true; do
    case $(answer_of scratch_pipe) in
      up) return 0 ;;
      none) return 1 ;;
    esac
    sleep 0.3
  done
}

scratch_answers() {
  [[ $(answer_of scratch_pipe) != none ]]
}

scratch_pipe() {
  docker exec -i "$scratch" redis-cli 9<&- | tr -d '\r'
}

scratch_audit() {
  audit_in_network_of "$scratch"
}

scratch_log() {
  docker exec "$scratch" tail -n "${1:-3}" "$scratch_log_file" 2>/dev/null 9<&- || true
}

scratch_stop() {
  scratch_pipe <<<'SHUTDOWN NOSAVE' >/dev/null 2>&1 || true
  wait_for 120 scratch_is_gone
}

scratch_is_gone() {
  ! scratch_answers
}

scratch_close() {
  helpers_end
}

helpers_end() {
  local left
  left=$(docker ps -aq --filter "label=fcrawler.run=$(jotted run)" 2>/dev/null) || return 0
  # shellcheck disable=SC2086 # one word for each
  [[ -z $left ]] || docker rm -f -v $left >/dev/null 2>&1 9<&- || true
}
