# shellcheck shell=bash
# shellcheck disable=SC2015,SC2016,SC2034,SC2154 # shared with the scripts that source this
# Redis as scripts/standalone.sh runs it, in a folder of this machine; see redis-data.sh for what
# each function is to do. The launcher starts a Redis that ended again, but not while run/redis.hold
# names a living process.

data=${FCRAWLER_DATA:-$root/volumes/standalone}
port=''

place_options() {
  case $1 in
    --data) data=$2 ;;
    --redis-port)
      [[ $2 =~ ^[0-9]{1,5}$ ]] || usage_error "--redis-port is '$2': it must be a number"
      port=$2
      ;;
    *) return 1 ;;
  esac
}

place_open() {
  [[ -d $data/redis ]] || fail "$UNREACHABLE" "there is no data folder of fcrawler at $data: name it by --data or FCRAWLER_DATA"
  data=$(cd "$data" && pwd -P)
  place=$data
  mkdir -p "$data/run" 2>/dev/null && [[ -w $data/run && -w $data/redis ]] ||
    fail "$FAILED" "cannot write to the data folder $data"
  lock_file=$data/run/redis-backup.lock
  hold_file=$data/run/redis.hold
  [[ -n $port ]] || port=$(port_of_running)
  find_redis_server
  find_check_aof
}

# The launcher's Redis names its port in its title; while it is down, the launcher's command line or
# environment does. What this script's own environment says may be meant for another.
port_of_running() {
  local pid title='' asked=''
  if pid=$(redis_pid); then
    title=$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") || true
  fi
  if [[ $title =~ :([0-9]{2,5})(\ |$) ]]; then
    say "${BASH_REMATCH[1]}"
    return 0
  fi
  if launcher_runs; then
    pid=$(<"$data/run/lock")
    asked=$(tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | sed -En '/^--redis-port$/{n;p};s/^--redis-port=//p' | tail -n 1) || true
    [[ -n $asked || ! -r /proc/$pid/environ ]] || asked=$(tr '\0' '\n' <"/proc/$pid/environ" | sed -n 's/^REDIS_PORT=//p')
    [[ -n $asked || ! -r /proc/$pid/environ ]] || asked=6379
  fi
  say "${asked:-${REDIS_PORT:-6379}}"
}

redis_pid() {
  local pid
  pid=$(cut -d ' ' -f 1 2>/dev/null <"$data/run/redis.pid") && is_running "$pid" && say "$pid"
}

# One that has ended, but was not yet waited for, does not run.
is_running() {
  local stat
  [[ ${1:-} =~ ^[0-9]+$ ]] && kill -0 "$1" 2>/dev/null || return 1
  [[ -d /proc/self ]] || return 0
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  [[ ${stat:0:1} != [ZX] ]]
}

launcher_runs() {
  local pid
  pid=$(cat "$data/run/lock" 2>/dev/null) && is_running "$pid" || return 1
  [[ ! -d /proc/self ]] || tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q standalone
}

# REDIS_SERVER, else one on the PATH, else the one that the launcher unpacks.
find_redis_server() {
  local file cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}
  for file in "${REDIS_SERVER:-}" "$(command -v redis-server || true)" \
    "$cache"/fcrawler/redis-server-*/redis-server "${TMPDIR:-/tmp}/fcrawler-$(id -un)"/redis-server-*/redis-server; do
    [[ -n $file ]] || continue
    version=$("$file" --version 2>/dev/null | sed -n 's/.* v=\([0-9.]*\).*/\1/p') || true
    if [[ ${version%%.*} =~ ^[0-9]+$ ]] && ((${version%%.*} >= 7)); then
      redis_server=$(command -v "$file")
      return 0
    fi
  done
  fail "$UNREACHABLE" "no redis-server of version 7.0 or later found: install one, name it by REDIS_SERVER, or start scripts/standalone.sh once"
}

# Redis' programs are one, which looks at the name that it is called by.
find_check_aof() {
  check_aof=${redis_server%/*}/redis-check-aof
  if [[ ! -x $check_aof ]]; then
    check_aof=$data/run/redis-check-aof
    [[ -x $check_aof ]] || ln -sf "$redis_server" "$check_aof"
  fi
}

# --- talking to it -------------------------------------------------------------------------------

redis_pipe() {
  resp_pipe "$port"
}

# resp_pipe PORT: as redis-cli does without a terminal, which need not be there.
resp_pipe() {
  local line LC_ALL=C
  {
    while IFS= read -r line; do
      printf '%s\r\n' "$line" >&7 || return 1
      resp_reply || return 1
    done
  } 2>/dev/null 7<>"/dev/tcp/127.0.0.1/$1"
}

resp_reply() {
  local line data count
  IFS= read -r -t 60 -u 7 line || return 1
  line=${line%$'\r'}
  case $line in
    '$-1' | '*-1') printf '\n' ;;
    '$0') read -r -t 60 -u 7 && printf '\n' ;;
    '$'*)
      IFS= read -r -t 60 -N "${line:1}" -u 7 data || return 1
      printf '%s\n' "$data"
      IFS= read -r -t 60 -u 7 line
      ;;
    '*'*)
      for ((count = ${line:1}; count > 0; count--)); do
        resp_reply || return 1
      done
      ;;
    *) printf '%s\n' "${line:1}" ;;
  esac
} 2>/dev/null

# --- whether it runs -----------------------------------------------------------------------------

redis_found() {
  if is_ours; then
    say up
  elif launcher_runs || redis_pid >/dev/null; then
    say broken
  else
    say stopped
  fi
}

# Another Redis may have the port.
is_ours() {
  local folder
  case $(answer_of redis_pipe) in
    up) ;;
    loading) await_answer redis_pipe 60 || return 1 ;;
    *) return 1 ;;
  esac 2>/dev/null
  folder=$(setting dir)
  [[ $(cd "$folder" 2>/dev/null && pwd -P) == "$data/redis" ]]
}

redis_halt() {
  local found
  found=$(redis_found)
  if [[ $found != stopped ]] && ! launcher_runs; then
    notice "this Redis runs without its launcher, which would have to start it again: stop it, or start scripts/standalone.sh"
    return 1
  fi
  jot halted yes
  hold "$1" || return 1
  [[ $found != stopped ]] || return 0
  sleep 0.3 # a start that had begun before is to be seen
  wait_for 120 redis_is_gone || { notice "Redis does not end" && return 1; }
}

# The guard holds it, as it outlives this script if that is killed, until all is right again.
hold() {
  printf '%s %s\n' "${guard:-$$}" "$1" >"$hold_file.part" && chmod 644 "$hold_file.part" && mv -f "$hold_file.part" "$hold_file"
}

# Asks it to end, and tells whether it has.
redis_is_gone() {
  local pid
  pid=$(redis_pid) || return 0
  kill -TERM "$pid" 2>/dev/null || true
  return 1
}

redis_release() {
  rm -f "$hold_file"
  strike halted
  if launcher_runs; then
    await_answer redis_pipe 90
  fi
}

# --- its files -----------------------------------------------------------------------------------

in_volume() {
  local script=$1
  shift
  (cd "$data/redis" && REDIS_CHECK_AOF=$check_aof exec sh -c "$script" sh "$@") 9<&-
}

# --- the auditor ---------------------------------------------------------------------------------

audit_port() {
  local java_home jar=$root/submit-api/target/submit-api.jar
  java_home=$(find_jdk_25) || { notice "no JDK 25 found for the audit: set JAVA_HOME to one" && return 1; }
  [[ -f $jar ]] || { notice "$jar is missing, which audits: start scripts/standalone.sh once, which builds it" && return 1; }
  env -u REDIS_URL -u REDIS_USERNAME -u REDIS_PASSWORD -u REDIS_DB REDIS_HOST=127.0.0.1 REDIS_PORT="$1" \
    "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -jar "$jar" audit 9<&-
}

audit_live() {
  audit_port "$port"
}

# --- a throw-away server -------------------------------------------------------------------------

scratch_open() {
  [[ $1 == copy ]] || return 0
  scratch_copy=$(mktemp -d "$target/.redis-verify-XXXXXX") || return 1
  jot scratch-folder "$scratch_copy"
}

scratch_fill() {
  tar -xf - -C "$scratch_copy" --no-same-owner
}

# The folder that scratch_fill filled.
scratch_folder() {
  say "$scratch_copy"
}

scratch_server() {
  local folder=$1
  shift
  [[ $folder == /* ]] || folder=$data/redis/$folder
  scratch_port=$(free_port)
  set -m
  "$redis_server" --bind 127.0.0.1 --port "$scratch_port" --dir "$folder/redis" --daemonize no --save '' \
    --aof-load-truncated no --auto-aof-rewrite-percentage 0 --logfile "$folder/log" "$@" \
    >/dev/null 2>&1 </dev/null 8>&- 9<&- &
  scratch_pid=$!
  disown "$scratch_pid"
  set +m
  scratch_log_file=$folder/log
  jot scratch "$scratch_pid"
  wait_for 1 scratch_answers || true
  while is_running "$scratch_pid"; do
    [[ $(answer_of scratch_pipe) != up ]] || return 0
    sleep 0.1
  done
  return 1
}

scratch_answers() {
  [[ $(answer_of scratch_pipe) != none ]]
}

scratch_pipe() {
  resp_pipe "$scratch_port"
}

scratch_audit() {
  audit_port "$scratch_port"
}

scratch_log() {
  tail -n "${1:-3}" "$scratch_log_file" 2>/dev/null || true
}

scratch_stop() {
  kill -TERM "$scratch_pid" 2>/dev/null || true
  wait_for 120 scratch_is_gone || return 1
  strike scratch
}

scratch_is_gone() {
  ! is_running "$scratch_pid"
}

scratch_close() {
  local pid folder
  pid=$(jotted scratch)
  if [[ $pid =~ ^[0-9]+$ ]] && is_running "$pid" && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q redis; then
    kill -KILL "$pid" 2>/dev/null || true
  fi
  strike scratch
  folder=$(jotted scratch-folder)
  [[ ${folder##*/} != .redis-verify-* ]] || rm -rf -- "$folder"
  strike scratch-folder
}

helpers_end() {
  :
}
