# shellcheck shell=bash
# shellcheck disable=SC2015,SC2016,SC2034,SC2154 # shared with the script that sources this
# The backup of a Redis elsewhere, of backup-redis.sh. To be sourced.

remote_open() {
  local rest=${remote#*://} login=''
  [[ $remote =~ ^rediss?://[^/]+ ]] || usage_error "--remote is '${remote%%://*}…': it must be redis://host:port or rediss://host:port"
  remote_arguments=()
  [[ $remote != rediss:* ]] || remote_arguments+=(--tls)
  rest=${rest%%/*}
  if [[ $rest == *@* ]]; then
    login=${rest%@*} rest=${rest##*@}
    [[ $login != *:* ]] || export REDISCLI_AUTH=${login#*:}
    [[ -z ${login%%:*} ]] || remote_arguments+=(--user "${login%%:*}")
  fi
  remote_arguments+=(-h "${rest%:*}")
  [[ $rest != *:* ]] || remote_arguments+=(-p "${rest##*:}")
  place=$rest
  lock_file=/tmp/fcrawler-redis-${rest//[^A-Za-z0-9.-]/_}.lock
  if ! command -v redis-cli >/dev/null; then
    command -v docker >/dev/null || fail "$UNREACHABLE" "neither redis-cli nor docker is installed, and one of them is needed for --remote"
  fi
  remote_place_open
}

# Programs for --verify, where it is asked for.
remote_place_open() {
  container=none image=${FCRAWLER_REDIS_IMAGE:-redis:7}
  if [[ $mode == standalone ]]; then
    data=/nonexistent && find_redis_server
  fi
}

remote_cli() {
  if command -v redis-cli >/dev/null; then
    redis-cli "${remote_arguments[@]}" "$@"
  else
    docker run --rm -i --network host -e REDISCLI_AUTH --entrypoint redis-cli "${FCRAWLER_REDIS_IMAGE:-redis:7}" "${remote_arguments[@]}" "$@"
  fi
}

remote_pipe() {
  remote_cli 9<&- | tr -d '\r'
}

remote() {
  local size
  [[ $(answer_of remote_pipe) == up ]] || fail "$UNREACHABLE" "no Redis answers at $place as wanted: $(remote_pipe <<<PING 2>&1 | tail -n 1)"
  eval 'redis_pipe() { remote_pipe; }'
  ask_version
  size=$(redis_call INFO memory | info_field used_memory)
  check_space "$((2 * ${size:-0}))"
  choose_name
  take_snapshot
  exact=false
  mkdir -p "$part.files/redis"
  aside fetch_rdb || write_failed "redis-cli --rdb failed"
  [[ $(head -c 5 "$part.files/redis/dump.rdb") == REDIS ]] || write_failed "redis-cli --rdb gave no RDB"
  aside pack_files || write_failed "the archive could not be written"
  rm -rf -- "$part.files"
}

fetch_rdb() {
  remote_cli --rdb - 2>"$part.files/errors" >"$part.files/redis/dump.rdb" || { tail -n 2 "$part.files/errors" >&2 && return 1; }
}

pack_files() {
  tar -C "$part.files" -cf - redis | gzip -3 >"$part"
}
