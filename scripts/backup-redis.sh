#!/usr/bin/env bash
# Backs up all of Redis' data into one archive: see --help.
# shellcheck disable=SC2015,SC2016,SC2034 # what fails ends the script; some strings are for another shell;
# and what is set here is used by scripts/lib/redis-*.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
self=$root/scripts/backup-redis.sh
program=backup-redis
arguments=("$@")

# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/waiting.sh
source "$root/scripts/lib/waiting.sh"
# shellcheck source=scripts/lib/redis-data.sh
source "$root/scripts/lib/redis-data.sh"

usage() {
  cat <<'END'
Usage: scripts/backup-redis.sh [OPTION...]

Writes redis-backup-YYYYMMDD-HHMMSS.tar.gz, which holds the folder redis/, and beside it a manifest
(….tar.gz.manifest.json): SHA-256, Redis' version, keys, time, Kafka offsets. Redis is stopped for as
long as it takes, and started again whatever happens; one that was stopped stays so.

  --hot              without stopping it: rewrites of the append-only file are held off meanwhile
  --remote URL       an RDB of another Redis, by redis-cli --rdb; redis://user:password@host:port
                     or rediss://… (the password may be in REDISCLI_AUTH instead); where redis-cli is
                     not installed, by that of an image, redis:7   [FCRAWLER_REDIS_IMAGE]
  --dir DIR          where to; $HOME/redis-backups
  --keep N           deletes all but the newest N of that folder, once this one is complete
  --verify           loads the copy in a throw-away redis-server, and audits every seed
  --print-timer      prints a line for cron and a timer for systemd with these options, and ends

  --container NAME   of Compose's Redis; redis   [FCRAWLER_REDIS_CONTAINER]
  --audit-image I    that audits; that of the running submit-api   [FCRAWLER_AUDIT_IMAGE]
  --standalone       the Redis of scripts/standalone.sh instead, with
  --data DIR           its data folder; volumes/standalone   [FCRAWLER_DATA]
  --redis-port PORT    its port, found by itself where it runs   [REDIS_PORT]
  --help             prints this

Exit codes: 0 fine; 1 failed, and nothing is changed; 2 wrong usage; 3 no Redis, engine or program
to be reached; 4 another backup or restore is under way; 5 too little space; 6 the copy did not pass
--verify (it is kept as ….refused.tar.gz); 9 Redis is not as it was, and needs your hand;
130, 143 broken off by Ctrl-C or SIGTERM. All but 9 leave Redis as it was found.
END
}

# --- options -------------------------------------------------------------------------------------

parse() {
  kind=cold mode=compose target='' keep='' verify=no timer=no remote=''
  local own=()
  while (($# > 0)); do
    case $1 in
      --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    esac
    case $1 in
      --help) usage && exit 0 ;;
      --hot) kind=hot ;;
      --standalone) mode=standalone ;;
      --verify) verify=yes ;;
      --print-timer) timer=yes ;;
      --remote | --dir | --keep | --container | --audit-image | --data | --redis-port)
        (($# > 1)) && [[ -n $2 ]] || usage_error "$1 needs a value"
        case $1 in
          --remote) remote=$2 ;;
          --dir) target=$2 ;;
          --keep) keep=$2 ;;
          *) own+=("$1" "$2") ;;
        esac
        shift
        ;;
      *) usage_error "unknown option $1" ;;
    esac
    shift
  done
  [[ -z $keep || $keep =~ ^[1-9][0-9]{0,5}$ ]] || usage_error "--keep is '$keep': it must be a whole number from 1"
  [[ -z $remote || $kind == cold ]] || usage_error "--remote and --hot don't go together: leave out --hot"
  [[ -z $remote ]] || kind=remote
  # shellcheck source=scripts/lib/redis-compose.sh
  source "$root/scripts/lib/redis-$mode.sh"
  set -- ${own[@]+"${own[@]}"}
  while (($# > 0)); do
    place_options "$1" "$2" || usage_error "$1 does not go with $([[ $mode == compose ]] && echo Compose || echo --standalone)"
    shift 2
  done
}

print_timer() {
  local words=() word command
  for word in "${arguments[@]}"; do
    [[ $word == --print-timer ]] || words+=("$word")
  done
  command=$(printf '%q ' "$self" ${words[@]+"${words[@]}"})
  command=${command% }
  cat <<END
# For cron (crontab -e), each night at 3:17; a percent sign would need a backslash:
17 3 * * *  ${command//%/\\%}

# For systemd, as ~/.config/systemd/user/fcrawler-backup.service:
[Unit]
Description=Backup of fcrawler's Redis
[Service]
Type=oneshot
ExecStart=$command

# and fcrawler-backup.timer beside it; then: systemctl --user enable --now fcrawler-backup.timer
[Unit]
Description=Backup of fcrawler's Redis, each night
[Timer]
OnCalendar=*-*-* 03:17:00
RandomizedDelaySec=300
Persistent=true
[Install]
WantedBy=timers.target
END
}

# --- where to ------------------------------------------------------------------------------------

open_target() {
  if [[ -z $target ]]; then
    local home=${HOME:-}
    # shellcheck disable=SC2088 # expanded by the shell without HOME
    [[ -n $home ]] || home=$(unset HOME && printf '%s' ~)
    [[ $home == /* ]] || fail "$USAGE" "HOME is not set: say where to by --dir"
    target=$home/redis-backups
  fi
  mkdir -p -- "$target" 2>/dev/null && target=$(cd -- "$target" && pwd -P) || fail "$FAILED" "cannot make the folder $target"
  [[ -w $target && -x $target ]] || fail "$FAILED" "cannot write to the folder $target"
  # Of runs that were killed long ago.
  find "$target" -maxdepth 1 -name '.redis-backup-*.part*' -mmin +720 -exec rm -rf -- {} + 2>/dev/null || true
}

# The next name that is free: one a second.
choose_name() {
  while stamp=$(date +%Y%m%d-%H%M%S) && name=redis-backup-$stamp.tar.gz && [[ -e $target/$name || -e $target/$name.manifest.json ]]; do
    sleep 0.3
  done
  part=$target/.$name.part
  jot part "$part"
  jot final "$target/$name"
}

# check_space BYTES: of what the archive may need at most.
check_space() {
  local free need=$(($1 + (1 << 20)))
  [[ $verify == no || $mode == compose ]] || need=$((need + $1))
  free=$(free_at "$target")
  ((free >= need)) || fail "$NO_SPACE" "$target has $(size "$free") free, and the backup may need $(size "$need"): make room, or choose another folder by --dir"
}

write_failed() {
  (($(free_at "$target") > 1 << 20)) || fail "$NO_SPACE" "$target is full; no backup was made"
  fail "$FAILED" "$1; no backup was made"
}

# --- what Redis says -----------------------------------------------------------------------------

# All at one instant: keys, time, sizes of the append-only files, and the Kafka position.
take_snapshot() {
  local reply lines i
  reply=$(redis_pipe <<'END'
MULTI
ECHO ---snapshot---
DBSIZE
TIME
INFO persistence
ECHO ---offsets---
HGETALL {fcrawler}:offsets
EXEC
END
  ) || true
  reply=${reply//$'\r'/}
  mapfile -t lines <<<"${reply#*---snapshot---$'\n'}"
  keys=${lines[0]:-} taken=${lines[1]:-}
  [[ $reply == *---snapshot---* && $keys =~ ^[0-9]+$ && $taken =~ ^[0-9]+$ && $reply == *---offsets---* ]] ||
    fail "$UNREACHABLE" "Redis does not say what it holds: $(tail -n 1 <<<"$reply")"
  persistence=${reply%%---offsets---*}
  offsets=()
  for ((i = 2; i < ${#lines[@]}; i++)); do
    [[ ${lines[i]} != ---offsets--- ]] || offsets=("${lines[@]:i+1}")
  done
}

persistence_field() {
  info_field "$1" <<<"$persistence"
}

# Of the running one, which may be another than the program found.
ask_version() {
  local asked
  asked=$(redis_call INFO server | info_field redis_version) || true
  version=${asked:-$version}
}

# --- cold ----------------------------------------------------------------------------------------

# The folder as users know it, and nothing else that may lie there.
readonly PACK='
  set -eu
  files=$(for name in $1; do [ ! -e "$name" ] || find "./$name" -type d -o -type f; done)
  printf "%s\n" . "$files" | tar -cf - --no-recursion --numeric-owner --transform "s,^\./,redis/,;s,^\.\$,redis," -T -
'
readonly SIZE='
  for name in $1; do [ ! -e "$name" ] || find "./$name" -type f -exec wc -c {} \; ; done | awk "{ n += \$1 } END { printf \"%.0f\n\", n }"
'

cold() {
  local found
  found=$(redis_found)
  taken=$(date +%s) keys='' exact=false offsets=()
  if [[ $found == up ]]; then
    ask_version
    jot paused yes
    [[ $(redis_call CLIENT PAUSE 60000 WRITE) == OK* ]] || fail "$FAILED" "Redis does not hold its writers"
    take_snapshot
    exact=true
  fi
  redis_halt backup || fail "$FAILED" "Redis could not be stopped; no backup was made"
  strike paused
  aside pack "$PACK" "$DATA_NAMES" || write_failed "the data could not be read or written"
  if [[ $(jotted halted) == yes ]]; then
    redis_release || fail "$BY_HAND" "Redis does not answer after its start"
  fi
  [[ $found != stopped ]] || notice "Redis was stopped, and stays so"
}

pack() {
  in_volume "$@" | gzip -3 >"$part"
}

# --- hot -----------------------------------------------------------------------------------------
# Redis' own way to copy a multi-part append-only file in use: without a rewrite meanwhile, no file
# but the last increment changes, and that only grows. INFO tells in the very transaction that counts
# the keys how long all files are together, so that the increment can be cut at that instant.

# Leaves out a base that Redis made itself at this start: it doesn't count it then, and says 0.
# Codes: 10 no append-only file; 11 its manifest changed meanwhile; 12 it was cut elsewhere.
readonly STAGE='
  set -eu
  umask 077
  stage=$1 logical=$2 base=$3 dir=appendonlydir
  manifest=$dir/appendonly.aof.manifest copy=$1/redis/$dir
  [ -f "$manifest" ] || exit 10
  rm -rf "./$stage"
  mkdir -p "$copy"
  cp "$manifest" "$stage/manifest"
  last="" rest=0
  while read -r key name seq number type kind more; do
    [ "$key" = file ] || continue
    case $kind in
      b) ln "$dir/$name" "$copy/$name" 2>/dev/null || cp "$dir/$name" "$copy/$name" || exit 11
         [ "$base" = 0 ] || rest=$((rest + $(wc -c <"$copy/$name"))) ;;
      i) if [ -n "$last" ]; then
           ln "$dir/$last" "$copy/$last" 2>/dev/null || cp "$dir/$last" "$copy/$last" || exit 11
           rest=$((rest + $(wc -c <"$copy/$last")))
         fi
         last=$name ;;
      *) continue ;;
    esac
    echo "$key $name $seq $number $type $kind${more:+ $more}" >>"$copy/appendonly.aof.manifest"
  done <"$stage/manifest"
  [ -n "$last" ] || exit 10
  cut=$((logical - rest)) tries=0
  while [ "$cut" -ge 0 ] && [ "$(wc -c <"$dir/$last")" -lt "$cut" ] && [ "$tries" -lt 50 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  exact=yes
  if [ "$cut" -ge 0 ] && [ "$tries" -lt 50 ]; then
    head -c "$cut" "$dir/$last" >"$copy/$last"
    ${REDIS_CHECK_AOF:-redis-check-aof} "$copy/appendonly.aof.manifest" >"$stage/check" 2>&1 || exact=no
  else
    exact=no
  fi
  if [ "$exact" = no ]; then
    cat "$dir/$last" >"$copy/$last"
    yes | ${REDIS_CHECK_AOF:-redis-check-aof} --fix "$copy/appendonly.aof.manifest" >"$stage/check" 2>&1 || { cat "$stage/check" >&2; exit 1; }
  fi
  cmp -s "$manifest" "$stage/manifest" || exit 11
  [ "$exact" = yes ] || exit 12
'

hot() {
  local found try code
  found=$(redis_found)
  [[ $found == up ]] || fail "$UNREACHABLE" "Redis does not answer, and a hot backup needs it to: leave out --hot for a cold one"
  [[ $(redis_call INFO persistence | info_field aof_enabled) == 1 ]] ||
    fail "$FAILED" "Redis keeps no append-only file (appendonly is off), which a hot backup copies: turn it on by CONFIG SET appendonly yes, or leave out --hot"
  ask_version
  hold_off_rewrites
  jot staging ".backup-$run_id"
  for try in 1 2 3; do
    await_no_rewrite
    take_snapshot
    code=0 exact=true
    aside stage || code=$?
    case $code in
      0) break ;;
      12) exact=false && break ;;
      11) ((try < 3)) || fail "$FAILED" "the append-only file changes again and again, though rewrites are held off; no backup was made" ;;
      10) fail "$FAILED" "Redis has no append-only file in parts; no backup was made" ;;
      *) fail "$FAILED" "the append-only file could not be copied; no backup was made" ;;
    esac
  done
  put_back_rewrites "$(jotted rewrite)" || true
  strike rewrite
  aside pack 'cd "$1" && tar -cf - --numeric-owner redis' ".backup-$run_id" || write_failed "the copy could not be written"
  in_volume "$REMOVE_STAGING" ".backup-$run_id" || true
  strike staging
}

stage() {
  local logical base=1
  logical=$(($(persistence_field aof_current_size) + $(persistence_field aof_buffer_length)))
  [[ $(persistence_field aof_base_size) != 0 ]] || base=0
  in_volume "$STAGE" ".backup-$run_id" "$logical" "$base"
}

hold_off_rewrites() {
  local before
  before=$(setting "$REWRITE")
  [[ $before =~ ^[0-9]+$ ]] || fail "$FAILED" "Redis does not tell its $REWRITE"
  jot rewrite "$before"
  [[ $(redis_call CONFIG SET "$REWRITE" 0) == OK* ]] || fail "$FAILED" "Redis does not let its rewrites be held off"
}

await_no_rewrite() {
  wait_for 1800 no_rewrite || fail "$FAILED" "a rewrite of the append-only file does not end; no backup was made"
}

no_rewrite() {
  local info
  info=$(redis_call INFO persistence)
  [[ $(info_field aof_rewrite_in_progress <<<"$info") == 0 && $(info_field aof_rewrite_scheduled <<<"$info") == 0 ]]
}

# --- remote --------------------------------------------------------------------------------------

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

# --- the copy ------------------------------------------------------------------------------------

verify_copy() {
  local options=(--appendonly no) code=0 loaded
  scratch_open copy && aside fill_scratch || fail "$FAILED" "there is no place to unpack the copy for --verify"
  tar -tzf "$part" | grep -q '\.manifest$' && options=(--appendonly yes)
  if ! scratch_server "$(scratch_folder)" "${options[@]}"; then
    notice "a throw-away redis-server does not load the copy: $(scratch_log 3)"
    refuse_copy
  fi
  loaded=$(scratch_pipe <<<DBSIZE)
  if [[ $exact != true ]]; then
    keys=$loaded exact=true
    mapfile -t offsets < <(scratch_pipe <<<'HGETALL {fcrawler}:offsets')
  fi
  aside scratch_audit || code=$?
  scratch_stop || true
  scratch_close
  case $code in
    0) say "verified: it loads, with $loaded keys, and the audit finds nothing" ;;
    1) refuse_copy ;;
    *) fail "$FAILED" "the audit could not be made (exit code $code); no backup was made" ;;
  esac
}

fill_scratch() {
  gzip -dc "$part" | scratch_fill
}

refuse_copy() {
  local refused=${name%.tar.gz}.refused.tar.gz
  mv -- "$part" "$target/$refused"
  fail "$NOT_CLEAN" "the copy did not pass; it is kept as $target/$refused"
}

offsets_json() {
  local i json='' escaped
  for ((i = 0; i + 1 < ${#offsets[@]}; i += 2)); do
    escaped=${offsets[i + 1]//\\/\\\\}
    json+="${json:+, }\"${offsets[i]//[^0-9A-Za-z_-]/}\": \"${escaped//\"/\\\"}\""
  done
  printf '{%s}' "$json"
}

write_manifest() {
  cat >"$part.manifest" <<END
{
  "archive": "$name",
  "sha256": "$(sha256sum <"$part" | cut -d ' ' -f 1)",
  "bytes": $(wc -c <"$part"),
  "createdAt": "$(date -u -d "@$taken" +%Y-%m-%dT%H:%M:%SZ)",
  "mode": "$kind",
  "redisVersion": "$version",
  "keys": ${keys:-null},
  "keysExact": $exact,
  "kafkaOffsets": $(offsets_json)
}
END
}

# The manifest comes first, so that an archive under its name always has one.
complete() {
  write_manifest || write_failed "the manifest could not be written"
  sync -- "$part" "$part.manifest" 2>/dev/null || write_failed "the archive does not get to the disk"
  mv -- "$part.manifest" "$target/$name.manifest.json"
  mv -- "$part" "$target/$name"
  sync -- "$target" 2>/dev/null || true
  strike part
  strike final
}

archives() {
  find "$target" -maxdepth 1 -type f -regextype posix-extended -regex '.*/redis-backup-[0-9]{8}-[0-9]{6}\.tar\.gz' -printf '%f\n' | sort -r
}

delete_old() {
  local old
  while IFS= read -r old; do
    rm -f -- "$target/$old" "$target/$old.manifest.json"
    say "deleted $old, as --keep $keep says"
  done < <(archives | tail -n +$((keep + 1)))
}

list_last() {
  local one
  say "the last backups in $target:"
  while IFS= read -r one; do
    printf '  %s  %10d bytes\n' "$one" "$(wc -c <"$target/$one")"
  done < <(archives | head -n 5)
}

main() {
  parse "$@"
  [[ $timer == no ]] || { print_timer && return 0; }
  needs flock setsid tar gzip sha256sum find awk df mktemp
  umask 077
  if [[ $kind == remote ]]; then remote_open; fi
  if [[ -n ${FCRAWLER_GUARDED:-} ]]; then be_guard; fi
  [[ $kind == remote ]] || place_open
  open_target
  take_lock
  journal_open
  put_right_earlier
  begin_journal
  if [[ $kind != remote ]]; then
    local size
    size=$(in_volume "$SIZE" "$DATA_NAMES")
    ((size > 0)) || fail "$FAILED" "there is nothing to back up: no data of Redis in $place"
    check_space "$size"
    choose_name
  fi
  "$kind"
  [[ $verify == no ]] || verify_copy
  complete
  say "$target/$name: ${keys:-an unknown number of} keys, $(wc -c <"$target/$name") bytes"
  [[ -z $keep ]] || delete_old
  list_last
}

main "$@"
