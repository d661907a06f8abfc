# shellcheck shell=bash
# shellcheck disable=SC2015,SC2016,SC2034,SC2154 # shared with the script that sources this
# The hot backup of backup-redis.sh. To be sourced.
#
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
