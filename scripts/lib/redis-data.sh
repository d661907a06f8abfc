# shellcheck shell=bash
# shellcheck disable=SC2015,SC2016,SC2034,SC2154 # shared with the scripts that source this
# What backup-redis.sh and restore-redis.sh share: exit codes, options, the lock, and the journal of
# what has to be put right, whatever happens. Where Redis is, and how to get at its files, is said by
# redis-compose.sh or redis-standalone.sh, which define the same functions:
#
#   place_options OPTION VALUE   takes an option of its own, or returns 1
#   place_open                   finds Redis and the programs, sets place, lock_file, version; fails with 3
#   redis_found                  prints up, broken (it should run, but does not answer) or stopped
#   redis_pipe                   commands on standard input, a line each; prints their replies as redis-cli does
#   redis_halt WHY               stops it, and sees to it that nobody starts it
#   redis_release                ends that, and waits until it answers
#   in_volume SCRIPT ARGUMENT... runs sh in the folder of Redis' data
#   audit_live                   the auditor on the running Redis
#   scratch_open PLACE           readies a throw-away server: volume, or copy for one of its own
#   scratch_fill                 takes a tar of redis/ on standard input (copy)
#   scratch_folder               prints the folder that holds redis/ then (copy)
#   scratch_server FOLDER OPTION... starts it; scratch_pipe, scratch_audit, scratch_stop, scratch_log
#   scratch_close                ends all of that
#   helpers_end                  ends whatever else still runs of this run

# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/waiting.sh
source "$root/scripts/lib/waiting.sh"

readonly FAILED=1 USAGE=2 UNREACHABLE=3 LOCKED=4 NO_SPACE=5 NOT_CLEAN=6 REFUSED=7 BY_HAND=9
readonly DATA_NAMES='appendonlydir appendonly.aof dump.rdb'
readonly REWRITE=auto-aof-rewrite-percentage

say() {
  printf '%s\n' "$1"
}

notice() {
  printf '%s: %s\n' "$program" "$1" >&2
}

# fail CODE MESSAGE
fail() {
  notice "$2"
  exit "$1"
}

usage_error() {
  fail "$USAGE" "$1 (--help lists all options)"
}

# use_place OPTION VALUE...: with the options of that place.
use_place() {
  # shellcheck source=scripts/lib/redis-compose.sh
  source "$root/scripts/lib/redis-$mode.sh"
  while (($# > 0)); do
    place_options "$1" "$2" || usage_error "$1 does not go with $([[ $mode == compose ]] && echo Compose || echo --standalone)"
    shift 2
  done
}

needs() {
  local name
  for name in "$@"; do
    command -v "$name" >/dev/null || fail "$FAILED" "$name is not installed, and is needed for this"
  done
}

# --- commands to Redis ---------------------------------------------------------------------------

# redis_call WORD...: one command, of words without spaces.
redis_call() {
  redis_pipe <<<"$*"
}

# setting NAME PIPE: what CONFIG GET says.
setting() {
  "${2:-redis_pipe}" <<<"CONFIG GET $1" | sed -n 2p | tr -d '\r'
}

# info_field NAME <INFO
info_field() {
  tr -d '\r' | sed -n "s/^$1://p"
}

# answer_of PIPE: up, loading, or none.
answer_of() {
  local answer
  answer=$("$1" <<<PING 2>/dev/null) || true
  case $answer in
    PONG*) say up ;;
    *LOADING*) say loading ;;
    *) say none ;;
  esac
}

# await_answer PIPE SECONDS: while it loads it may take as long as it needs.
await_answer() {
  local deadline=$((SECONDS + $2))
  while ((SECONDS < deadline)); do
    case $(answer_of "$1") in
      up) return 0 ;;
      loading) deadline=$((SECONDS + $2)) ;;
    esac
    sleep 0.2
  done
  return 1
}

# --- one at a time -------------------------------------------------------------------------------

# Several users may share the file, so it is opened for reading, and belongs to whoever was first.
take_lock() {
  [[ -e $lock_file ]] || (umask 0133 && : >>"$lock_file") 2>/dev/null ||
    fail "$FAILED" "cannot write $lock_file, which tells others that this runs"
  exec 9<"$lock_file"
  flock -n 9 || fail "$LOCKED" "another backup or restore of $place is under way"
}

# --- the journal ---------------------------------------------------------------------------------
# A file beside the lock, with a line KEY VALUE for each thing to be put right. It is read at the end
# of the script, by a guard if the script is killed, or by the next run if that is killed as well.
#
#   run ID            whose it is
#   job PGID          a group of processes that reads or writes
#   scratch …         a throw-away server, as its place has it
#   part FILE         an archive that is not complete
#   final FILE        its name to be: a manifest without it goes
#   rewrite N         the setting of Redis that was 0 meanwhile
#   paused yes        CLIENT PAUSE
#   halted yes        Redis, by redis_halt
#   staging NAME      a folder in the volume
#   swapped STAMP     data in before-restore-STAMP

journal_open() {
  journal=$lock_file.state
  run_id=$$-$RANDOM$RANDOM
}

jot() {
  local key=$1 value=$2 lines=''
  [[ ! -e $journal ]] || lines=$(grep -v "^$key " "$journal" || true)
  (umask 077 && printf '%s\n' ${lines:+"$lines"} "$key $value" 2>/dev/null >"$journal.part" && mv -f "$journal.part" "$journal") || jot_failed
}

jot_failed() {
  rm -f "$journal.part"
  (($(free_at "${journal%/*}") > 65536)) || fail "$NO_SPACE" "the disk of ${journal%/*} is full, where it has to be noted what is to be put right: make some room"
  fail "$FAILED" "cannot write $journal, which tells what to put right"
}

strike() {
  local lines
  [[ -e $journal ]] || return 0
  lines=$(grep -v "^$1 " "$journal" || true)
  (umask 077 && printf '%s\n' "$lines" >"$journal.part" && mv -f "$journal.part" "$journal")
}

jotted() {
  [[ -O $journal ]] || return 0
  sed -n "s/^$1 //p" "$journal"
}

begin_journal() {
  rm -f "$journal"
  jot run "$run_id"
  trap 'finish' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  start_guard
}

# Waits on a pipe that closes when this script and its children are gone, and does then what the
# journal still says. It is in a session of its own, so that a signal to the group passes it by.
start_guard() {
  exec 8> >(FCRAWLER_GUARDED=$run_id exec setsid "$BASH" "$self" "${arguments[@]}" 8>&- 9<&- >/dev/null 2>&1)
  guard=$!
}

# What the guard does; called as soon as the options are known.
be_guard() {
  trap '' INT TERM HUP
  cat >/dev/null
  [[ ${kind:-} == remote ]] || place_open
  run_id=$FCRAWLER_GUARDED
  journal=$lock_file.state
  [[ $(jotted run) == "$run_id" ]] || exit 0
  exec 9<"$lock_file"
  flock 9
  if [[ $(jotted run) == "$run_id" ]]; then
    put_right by-guard
  fi
  exit 0
}

# At the end of the script, however it comes. (What runs in a trap must say return 0: a bare return
# answers there what came before the trap.)
finish() {
  local code=$?
  local job
  trap '' INT TERM HUP
  trap - EXIT
  for job in $(jobs -p); do
    end_group "$job"
  done
  put_right by-itself || code=$BY_HAND
  exit "$code"
}

# What a run that was killed together with its guard left. A restore is not undone so late: Redis
# may have gone on with the new data for long.
put_right_earlier() {
  [[ -e $journal ]] || return 0
  [[ -O $journal ]] || fail "$FAILED" "$journal of an earlier run belongs to somebody else: let them run this once"
  notice "an earlier run was killed: putting right what it left"
  put_right by-the-next || fail "$BY_HAND" "that did not work, see above"
}

# put_right BY: each step is tried, whatever became of the others; fails if one did.
put_right() {
  local failed=0 value
  [[ -e $journal ]] || return 0
  helpers_end
  value=$(jotted job)
  [[ -z $value ]] || end_group "$value"
  scratch_close
  value=$(jotted part)
  [[ -z $value ]] || rm -rf -- "$value" "$value.manifest" "$value.files"
  value=$(jotted final)
  [[ -z $value || -e $value ]] || rm -f -- "$value.manifest.json"
  value=$(jotted rewrite)
  [[ ! $value =~ ^[0-9]+$ ]] || put_back_rewrites "$value" || failed=1
  [[ $(jotted paused) != yes ]] || redis_call CLIENT UNPAUSE >/dev/null 2>&1 || true
  value=$(jotted swapped)
  if [[ -n $value && $1 != by-the-next ]]; then
    put_old_data_back "$value" || failed=1
  fi
  if [[ $(jotted halted) == yes ]]; then
    redis_release || { notice "Redis could not be started again" && failed=1; }
  fi
  value=$(jotted staging)
  [[ -z $value ]] || in_volume "$REMOVE_STAGING" "$value" || true
  ((failed)) || rm -f "$journal"
  return "$failed"
}

put_back_rewrites() {
  [[ $(redis_found) == up ]] || return 0 # a start has put it back
  [[ $(redis_call CONFIG SET "$REWRITE" "$1") == OK* ]] || {
    notice "could not put back $REWRITE: CONFIG SET $REWRITE $1"
    return 1
  }
}

end_group() {
  kill -TERM -- "-$1" 2>/dev/null || return 0
  wait_for 2 group_is_gone "$1" || kill -KILL -- "-$1" 2>/dev/null || true
}

group_is_gone() {
  ! kill -0 -- "-$1" 2>/dev/null
}

# aside COMMAND...: in the background, so that a signal ends it at once.
aside() {
  local code=0 job
  set -m
  "$@" 8>&- </dev/null &
  job=$!
  set +m
  jot job "$job"
  wait "$job" || code=$?
  strike job
  return "$code"
}

# --- the volume ----------------------------------------------------------------------------------

readonly REMOVE_STAGING='case $1 in .restore-*|.backup-*) rm -rf "./$1" ;; esac'

# Free bytes on the file system of the volume, and those that the data take.
readonly FREE_IN_VOLUME='df -Pk . | awk "NR == 2 { printf \"%.0f\n\", \$4 * 1024 }"'

free_at() {
  df -Pk -- "$1" | awk 'NR == 2 { printf "%.0f\n", $4 * 1024 }'
}

# size BYTES: for the user.
size() {
  if (($1 < 100 << 20)); then
    printf '%d KiB\n' $((($1 + 1023) >> 10))
  else
    printf '%d MiB\n' $((($1 + 1048575) >> 20))
  fi
}

# The data that were moved aside come back. It may be called at any point of a switch, and again.
readonly PUT_BACK='
  set -eu
  old=before-restore-$1 dropped=.restore-$1/dropped
  [ -d "$old" ] || exit 0
  if [ -e "$old/.placing" ]; then
    mkdir -p "$dropped"
    for name in $2; do
      [ ! -e "$name" ] || mv "$name" "$dropped/"
    done
    mv "$old/.placing" "$old/.moving"
  fi
  [ -e "$old/.moving" ] || exit 0
  for name in $2; do
    if [ -e "$old/$name" ]; then
      rm -rf "./$name"
      mv "$old/$name" "./$name"
    fi
  done
  rm -f "$old/.moving"
  rmdir "$old"
  rm -rf "./.restore-$1"
  sync
'

put_old_data_back() {
  if [[ $(jotted halted) != yes ]]; then
    redis_halt restore || return 1
  fi
  if in_volume "$PUT_BACK" "$1" "$DATA_NAMES"; then
    notice "the old data are back in place"
    strike swapped
  else
    notice "the old data could not be put back: they are in before-restore-$1, in the volume of $place"
    return 1
  fi
}
