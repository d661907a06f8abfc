#!/usr/bin/env bash
# Puts the data of a backup in place of those of Redis: see --help.
# shellcheck disable=SC2015,SC2016,SC2034 # what fails ends the script; some strings are for another shell;
# and what is set here is used by scripts/lib/redis-*.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
self=$root/scripts/restore-redis.sh
program=restore-redis
arguments=("$@")

# shellcheck source=scripts/lib/redis-data.sh
source "$root/scripts/lib/redis-data.sh"

usage() {
  cat <<'END'
Usage: scripts/restore-redis.sh [OPTION...] FILE
       scripts/restore-redis.sh --recover [OPTION...]

Puts the data of FILE in place of Redis' own. FILE is an archive by scripts/backup-redis.sh, or any
.tar.gz with a folder redis/ that holds appendonlydir/ or dump.rdb, or an .rdb. Everything is checked
first, by loading it in a throw-away redis-server and auditing every seed, while the old Redis goes on.
Only then is Redis stopped for a moment. The old data stay aside until the new ones answer and pass
the audit, and come back if they don't. Seeds that were submitted after the backup are crawled all the
same: the workers read their commands from Kafka again.

  --yes              does not ask before Redis is stopped (it asks on a terminal alone)
  --keep-old         keeps the old data, as before-restore-YYYYMMDD-HHMMSS beside the new ones
  --from-rdb         FILE is to be an RDB; others are refused
  --no-audit         does without the audits
  --recover          puts the old data back that a restore left aside which was killed

  --container NAME   of Compose's Redis; redis   [FCRAWLER_REDIS_CONTAINER]
  --audit-image I    that audits; that of the running submit-api   [FCRAWLER_AUDIT_IMAGE]
  --standalone       the Redis of scripts/standalone.sh instead, with
  --data DIR           its data folder; volumes/standalone   [FCRAWLER_DATA]
  --redis-port PORT    its port, found by itself where it runs   [REDIS_PORT]
  --help             prints this

Exit codes: 0 fine; 1 failed, and the old data are in place; 2 wrong usage; 3 no Redis, engine or
program to be reached; 4 another backup or restore is under way; 5 too little space; 6 the audit found
differences, the old data are in place; 7 FILE is damaged or no backup; 9 Redis is not as it was, and
needs your hand; 130, 143 broken off by Ctrl-C or SIGTERM, the old data are in place.
END
}

# --- options -------------------------------------------------------------------------------------

parse() {
  mode=compose file='' yes=no keep_old=no from_rdb=no audit=yes recover=no
  local own=() files=()
  while (($# > 0)); do
    case $1 in
      --?*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    esac
    case $1 in
      --help) usage && exit 0 ;;
      --standalone) mode=standalone ;;
      --yes) yes=yes ;;
      --keep-old) keep_old=yes ;;
      --from-rdb) from_rdb=yes ;;
      --no-audit) audit=no ;;
      --recover) recover=yes ;;
      --container | --audit-image | --data | --redis-port)
        (($# > 1)) && [[ -n $2 ]] || usage_error "$1 needs a value"
        own+=("$1" "$2")
        shift
        ;;
      --) files+=("${@:2}") && break ;;
      -*) usage_error "unknown option $1" ;;
      *) files+=("$1") ;;
    esac
    shift
  done
  if [[ $recover == yes ]]; then
    ((${#files[@]} == 0)) || usage_error "--recover takes no file"
  else
    ((${#files[@]} == 1)) || usage_error "name one file to be restored"
    file=${files[0]}
  fi
  use_place ${own[@]+"${own[@]}"}
}

# --- the file ------------------------------------------------------------------------------------

refuse() {
  fail "$REFUSED" "$file: $1; nothing was changed"
}

# Finds out what is to be unpacked: kind (tar or rdb), members, and bytes when unpacked.
check_file() {
  [[ -e $file ]] || fail "$FAILED" "there is no file $file; nothing was changed"
  [[ -f $file && -r $file ]] || fail "$FAILED" "$file cannot be read as a file; nothing was changed"
  check_manifest
  if [[ $(head -c 5 -- "$file" | tr -d '\0') == REDIS ]]; then
    kind=rdb bytes=$(wc -c <"$file")
    return 0
  fi
  [[ $from_rdb == no ]] || refuse "it is no RDB, which --from-rdb asks for"
  kind=tar
  gzip -t <"$file" 2>/dev/null || refuse "it is no .tar.gz, or a damaged one (gzip -t fails)"
  check_members
}

# The manifest is our own form, a field a line; anything else is refused rather than guessed at.
check_manifest() {
  local manifest=$file.manifest.json wanted_sum wanted_bytes
  if [[ ! -e $manifest ]]; then
    notice "there is no manifest beside $file: its checksum cannot be checked"
    return 0
  fi
  wanted_sum=$(sed -En 's/^ *"sha256": "([0-9a-f]{64})",?$/\1/p' "$manifest")
  wanted_bytes=$(sed -En 's/^ *"bytes": ([0-9]+),?$/\1/p' "$manifest")
  [[ $wanted_sum =~ ^[0-9a-f]{64}$ && $wanted_bytes =~ ^[0-9]+$ ]] ||
    refuse "its manifest $manifest cannot be understood (remove it, if you are sure of the archive)"
  (($(wc -c <"$file") == wanted_bytes)) || refuse "it has $(wc -c <"$file") bytes, and $wanted_bytes by its manifest: it is damaged"
  [[ $(sha256sum <"$file" | cut -d ' ' -f 1) == "$wanted_sum" ]] || refuse "its SHA-256 is not that of its manifest: it is damaged"
}

# Members are taken by name, one by one; no more than is known of Redis is unpacked.
check_members() {
  local listing line type size name seen=$'\n' left=()
  members=() bytes=0
  listing=$(LC_ALL=C tar --quoting-style=escape --numeric-owner -tvzf - <"$file" 2>/dev/null) || refuse "the archive is damaged, or none (tar cannot list it)"
  [[ -n $listing ]] || refuse "the archive is empty"
  while IFS= read -r line; do
    [[ $line =~ ^(.)[^\ ]*\ +[^\ ]+\ +([0-9]+)\ +[^\ ]+\ +[^\ ]+\ (.*)$ ]] || refuse "the archive holds something that is neither file nor folder: $line"
    type=${BASH_REMATCH[1]} size=${BASH_REMATCH[2]} name=${BASH_REMATCH[3]}
    check_member "$type" "$name"
    name=${name%/}
    case ${name#./} in
      . | '' | redis | redis/appendonlydir) [[ $type == d ]] || refuse "$name in the archive is no folder" ;;
      redis/dump.rdb | redis/appendonly.aof | redis/appendonlydir/*)
        if [[ $type == d || ! ${name##*/} =~ ^[A-Za-z0-9._-]+$ || ${name#./} == redis/appendonlydir/*/* ]]; then
          left+=("$name")
          continue
        fi
        [[ $seen != *$'\n'"${name#./}"$'\n'* ]] || refuse "the archive has $name twice"
        seen+=${name#./}$'\n'
        members+=("$name")
        bytes=$((bytes + size))
        ;;
      *) left+=("$name") ;;
    esac
  done <<<"$listing"
  check_layout "$seen"
  ((${#left[@]} == 0)) || notice "left out, as it is nothing that Redis would load: ${left[*]:0:5}$( ((${#left[@]} <= 5)) || echo ' …')"
}

check_member() {
  case $1 in
    - | d) ;;
    l | h) refuse "the archive holds a link, which no backup does: $2" ;;
    *) refuse "the archive holds something that is neither file nor folder: $2" ;;
  esac
  case /$2/ in
    //*) refuse "the archive holds an absolute path: $2" ;;
    */../*) refuse "the archive holds a path with ..: $2" ;;
  esac
  case ${2#./} in
    '' | redis | redis/*) ;;
    *) refuse "this is no backup of Redis: it holds $2, and all should be in the folder redis/" ;;
  esac
}

check_layout() {
  case $1 in
    *$'\n'redis/appendonlydir/appendonly.aof.manifest$'\n'*) form=aof ;;
    *$'\n'redis/appendonlydir/*) refuse "the append-only file in the archive lacks its manifest, appendonly.aof.manifest" ;;
    *$'\n'redis/appendonly.aof$'\n'*) form=old-aof ;;
    *$'\n'redis/dump.rdb$'\n'*) form=rdb ;;
    *) refuse "the archive holds no data of Redis: neither redis/appendonlydir/ nor redis/dump.rdb" ;;
  esac
}

check_space() {
  local free need=$((2 * bytes + (1 << 20)))
  free=$(in_volume "$FREE_IN_VOLUME")
  ((free >= need)) || fail "$NO_SPACE" "the disk of Redis' data has $(size "$free") free, and the restore may need $(size "$need"); nothing was changed"
}

# --- trying it -----------------------------------------------------------------------------------

readonly UNPACK='
  set -eu
  umask 077
  stage=.restore-$1
  shift
  mkdir -p "$stage/redis"
  if [ "$1" = rdb ]; then
    cat >"$stage/redis/dump.rdb"
  else
    shift
    tar -xzf - -C "$stage" --no-same-owner --no-same-permissions --no-recursion -- "$@"
    cat >/dev/null
  fi
'
# The files that the manifest of the append-only file names are there; others are of no use.
readonly CHECK_AOF='
  set -eu
  cd ".restore-$1/redis"
  if [ -f appendonlydir/appendonly.aof.manifest ]; then
    names=$(sed -n "s/^file \([A-Za-z0-9._-]*\) seq [0-9]* type [bi].*/\1/p" appendonlydir/appendonly.aof.manifest)
    [ -n "$names" ] || { echo "its appendonly.aof.manifest names no files"; exit 1; }
    for name in $names; do
      [ -f "appendonlydir/$name" ] || { echo "it lacks $name, which its appendonly.aof.manifest names"; exit 1; }
    done
    file=appendonlydir/appendonly.aof.manifest
  else
    file=appendonly.aof
  fi
  ${REDIS_CHECK_AOF:-redis-check-aof} "$file" </dev/null >../check 2>&1 || { echo "redis-check-aof: $(tail -n 1 ../check)"; exit 1; }
'

unpack() {
  jot staging ".restore-$stamp"
  [[ $kind != rdb ]] || form=rdb members=()
  aside unpack_members || fail "$FAILED" "the data of $file could not be unpacked beside those of Redis; nothing was changed"
}

unpack_members() {
  in_volume "$UNPACK" "$stamp" "$kind" ${members[@]+"${members[@]}"} <"$file"
}

check_append_only() {
  local why
  why=$(in_volume "$CHECK_AOF" "$stamp" 2>&1) || refuse "$why"
}

# An RDB alone is loaded only without the append-only file, which begins with it then: with
# appendonly yes from the start, Redis would begin empty.
try_out() {
  local why code=0
  if [[ $form != rdb ]]; then
    aside check_append_only || exit "$REFUSED"
  fi
  scratch_open volume || fail "$FAILED" "no throw-away redis-server could be made; nothing was changed"
  if ! scratch_server ".restore-$stamp" --appendonly "$([[ $form == rdb ]] && echo no || echo yes)"; then
    why=$(scratch_log 20 | sed -n 's/^.* [#*] //p' | tail -n 2 | tr '\n' ' ')
    refuse "redis-server does not load it: $why"
  fi
  [[ $form != rdb ]] || make_append_only
  loaded=$(scratch_pipe <<<DBSIZE)
  if [[ $audit == yes ]]; then
    say "the copy:"
    aside scratch_audit || code=$?
    case $code in
      0) ;;
      1) fail "$NOT_CLEAN" "the audit of $file finds differences; nothing was changed" ;;
      *) fail "$FAILED" "the audit could not be made (exit code $code; --no-audit does without); nothing was changed" ;;
    esac
  fi
  scratch_stop || fail "$FAILED" "the throw-away redis-server does not end; nothing was changed"
  scratch_close
}

make_append_only() {
  [[ $(scratch_pipe <<<'CONFIG SET appendonly yes') == OK* ]] && wait_for 1800 scratch_is_append_only ||
    fail "$FAILED" "the RDB could not be made an append-only file: $(scratch_log); nothing was changed"
}

scratch_is_append_only() {
  local info
  info=$(scratch_pipe <<<'INFO persistence')
  [[ $(info_field aof_enabled <<<"$info") == 1 && $(info_field aof_last_bgrewrite_status <<<"$info") == ok &&
    $(info_field aof_rewrite_in_progress <<<"$info") == 0 && $(info_field aof_rewrite_scheduled <<<"$info") == 0 &&
    $(info_field aof_base_size <<<"$info") != 0 ]]
}

# --- the switch ----------------------------------------------------------------------------------

# Owners are those of the old data. The marks .moving and .placing tell how far it got.
readonly SWITCH='
  set -eu
  old=before-restore-$1 new=.restore-$1/redis
  owner=$(stat -c %u:%g .)
  for name in $2; do [ ! -e "$name" ] || owner=$(stat -c %u:%g "$name"); done
  [ "$(id -u)" != 0 ] || chown -R "$owner" "$new"
  sync
  mkdir "$old"
  : >"$old/.moving"
  for name in $2; do [ ! -e "$name" ] || mv "$name" "$old/"; done
  mv "$old/.moving" "$old/.placing"
  for name in $2; do [ ! -e "$new/$name" ] || mv "$new/$name" .; done
  sync
'
readonly DROP_OLD='
  set -eu
  rm -f "before-restore-$1/.placing"
  [ "$2" = yes ] || { mv "before-restore-$1" ".restore-$1/old" && rm -rf "./.restore-$1"; }
  rm -rf "./.restore-$1"
'
readonly UNFINISHED='for old in before-restore-*; do [ ! -e "$old/.moving" ] && [ ! -e "$old/.placing" ] || echo "${old#before-restore-}"; done'

switch_over() {
  local found
  found=$(redis_found)
  if [[ $found == up && $(setting appendonly) != yes ]]; then
    fail "$FAILED" "Redis keeps no append-only file (appendonly is off), and would begin empty: turn it on first; nothing was changed"
  fi
  redis_halt restore || fail "$FAILED" "Redis could not be stopped; nothing was changed"
  trap '' INT TERM HUP # a moment, that is not to be broken off
  jot swapped "$stamp"
  in_volume "$SWITCH" "$stamp" "$DATA_NAMES" || fail "$FAILED" "the data could not be exchanged"
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  if [[ $found == stopped ]]; then
    notice "Redis was stopped, and stays so"
    [[ $(jotted halted) != yes ]] || redis_release
  else
    if [[ $(jotted halted) == yes ]]; then
      redis_release || fail "$FAILED" "Redis does not answer with the new data"
    fi
    [[ $audit == no ]] || audit_new
  fi
}

audit_new() {
  local code=0
  say "Redis with it:"
  aside audit_live || code=$?
  case $code in
    0) ;;
    1) fail "$NOT_CLEAN" "the audit finds differences" ;;
    *) fail "$FAILED" "the running Redis could not be audited (exit code $code)" ;;
  esac
}

ask() {
  local answer
  [[ $yes == no && -t 0 && -t 1 ]] || return 0
  printf 'Replace the data of %s by %s (%s keys)? [y/N] ' "$place" "$file" "$loaded"
  read -r answer
  [[ $answer == [yY]* ]] || fail "$FAILED" "nothing was changed"
}

restore() {
  local left
  left=$(in_volume "$UNFINISHED" | head -n 1)
  [[ -z $left ]] || fail "$BY_HAND" "a restore was killed, and left the old data in before-restore-$left: put them back by --recover, or remove that folder to stay with what is there now"
  stamp=$(date +%Y%m%d-%H%M%S)
  check_space
  unpack
  try_out
  ask
  switch_over
  # From here on there is no way back.
  trap '' INT TERM HUP
  strike swapped
  in_volume "$DROP_OLD" "$stamp" "$keep_old" || notice "before-restore-$stamp could not be removed"
  strike staging
  say "restored $file: $loaded keys"
  [[ $keep_old == no ]] || say "the old data are in before-restore-$stamp"
}

recover() {
  local left
  left=$(in_volume "$UNFINISHED" | tail -n 1)
  [[ -n $left ]] || { say "there is nothing to recover" && return 0; }
  redis_halt restore || fail "$FAILED" "Redis could not be stopped; nothing was changed"
  jot swapped "$left"
  put_old_data_back "$left" || fail "$BY_HAND" "see above"
  [[ $(jotted halted) != yes ]] || redis_release || fail "$BY_HAND" "Redis does not answer after its start"
  say "recovered: the data are those from before the restore of $left"
}

main() {
  parse "$@"
  needs flock setsid tar gzip sha256sum find awk df
  umask 077
  if [[ -n ${FCRAWLER_GUARDED:-} ]]; then be_guard; fi
  [[ $recover == yes ]] || check_file
  place_open
  take_lock
  journal_open
  put_right_earlier
  begin_journal
  if [[ $recover == yes ]]; then recover; else restore; fi
}

main "$@"
