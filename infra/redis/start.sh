#!/bin/sh
# Starts the redis of docker-compose.yml, once its append-only file ends with a whole transaction.
#
# A crash may leave half a transaction at the end. Redis (all versions to 7.4 at least) would cut the last
# command of that alone: what it writes next becomes part of the transaction, and the next load runs half of
# it. So what redis-check-aof doesn't believe is cut before Redis sees it, and kept in the volume.
set -eu

folder=appendonlydir
manifest=$folder/appendonly.aof.manifest

if [ -f "$manifest" ] && ! said=$(redis-check-aof "$manifest" 2>&1 </dev/null); then
  last=$(sed -n 's/^file "\{0,1\}\([^" ]*\).* type i.*/\1/p' "$manifest" | tail -n 1)
  good=$(printf '%s\n' "$said" | sed -n "s/.*filename=$last, size=[0-9]*, ok_up_to=\([0-9]*\),.*/\1/p")
  if [ -n "$last" ] && [ -n "$good" ]; then
    kept=$last.cut-$(date +%Y%m%d-%H%M%S)
    if ! (umask 077 && tail -c "+$((good + 1))" "$folder/$last" >"$kept"); then
      rm -f "$kept"
      kept='nowhere, as there is no room'
    fi
    truncate -s "$good" "$folder/$last"
    printf 'the append-only file was damaged: %s ends at byte %s now; what was cut is kept in %s\n' "$last" "$good" "$kept"
  fi
fi
exec docker-entrypoint.sh "$@"
