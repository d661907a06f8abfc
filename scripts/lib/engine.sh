# shellcheck shell=bash
# A Docker engine of one's own, beside any that runs, for checks: nothing of it stays. Needs root,
# dockerd, and the programs of iproute2 and iptables. To be sourced.

# start_engine FOLDER: sets DOCKER_HOST for what follows; fails where it does not answer, and then
# FOLDER/dockerd.log tells why.
start_engine() {
  engine=$1
  # Names of interfaces have at most 15 letters.
  engine_bridge=fcrawler$((RANDOM % 10000))
  mkdir -p "$engine"
  ip link add "$engine_bridge" type bridge &&
    ip address add "10.$((100 + RANDOM % 100)).$((RANDOM % 250)).1/24" dev "$engine_bridge" &&
    ip link set "$engine_bridge" up || return 1
  export DOCKER_HOST=unix://$engine/docker.sock
  dockerd --data-root "$engine/data" --exec-root "$engine/exec" --pidfile "$engine/dockerd.pid" --host "$DOCKER_HOST" \
    --bridge "$engine_bridge" >"$engine/dockerd.log" 2>&1 &
  local deadline=$((SECONDS + 60))
  until docker info >/dev/null 2>&1; do
    { ((SECONDS < deadline)) && kill -0 $! 2>/dev/null; } || return 1
    sleep 0.5
  done
}

# With all its containers, images and files.
stop_engine() {
  [[ -n ${engine_bridge:-} ]] || return 0
  local containers
  containers=$(docker ps --all --quiet 2>/dev/null || true)
  # shellcheck disable=SC2086 # a word for each
  [[ -z $containers ]] || docker rm --force --volumes $containers >/dev/null 2>&1 || true
  docker network prune --force >/dev/null 2>&1 || true
  if [[ -r $engine/dockerd.pid ]]; then
    local pid deadline=$((SECONDS + 60))
    pid=$(<"$engine/dockerd.pid")
    kill "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.2; done
  fi
  ip link delete "$engine_bridge" 2>/dev/null || true
  # What an engine leaves mounted can't be deleted.
  awk -v folder="$engine/" 'index($2, folder) == 1 {print $2}' /proc/mounts | sort -r | xargs -r -n 1 umount --lazy
  rm -rf "$engine"
  engine_bridge=''
}
