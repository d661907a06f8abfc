#!/bin/sh
# Runs redis-server as the user redis, whoever owned the volume before.
set -e

case ${1:-} in
  -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "${1:-}" = redis-server ]; then
  if [ "$(id -u)" = 0 ]; then
    find . ! -user redis -exec chown redis '{}' +
    exec setpriv --reuid redis --regid redis --clear-groups "$0" "$@"
  fi
  # As the official image: what Redis writes is for its own user.
  [ "$(umask)" != 0022 ] || umask 0077
  set -- "$@" --protected-mode no
fi
exec "$@"
