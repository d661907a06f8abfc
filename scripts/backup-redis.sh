#!/usr/bin/env bash
# Backs up all of Redis' data into one archive: see --help.
# shellcheck disable=SC2015,SC2016,SC2034 # what fails ends the script; some strings are for another shell;
# and what is set here is used by scripts/lib/redis-*.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
self=$root/scripts/backup-redis.sh
program=backup-redis
arguments=("$@")

# shellcheck source=scripts/lib/redis-data.sh
source "$root/scripts/lib/redis-data.sh"
# shellcheck source=scripts/lib/backup-hot.sh
source "$root/scripts/lib/backup-hot.sh"
# shellcheck source=scripts/lib/backup-remote.sh
source "$root/scripts/lib/backup-remote.sh"

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
  use_place ${own[@]+"${own[@]}"}
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
