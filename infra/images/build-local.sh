#!/usr/bin/env bash
# Builds the images that docker-compose.yml names: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
here=$root/infra/images
# shellcheck source=scripts/lib/programs.sh
source "$root/scripts/lib/programs.sh"
# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/build.sh
source "$root/scripts/lib/build.sh"

readonly REDIS=redis:7 KAFKA=apache/kafka:4.3.1 JRE=eclipse-temurin:25-jre
readonly DEBIAN=fcrawler/standin-debian SUITE=bookworm
# Of which the runtime of Temurin consists; tools and debuggers are left out.
readonly JRE_MODULES=java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.httpserver,jdk.jfr,jdk.localedata,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
tag=${FCRAWLER_TAG:-0.1.0}

usage() {
  cat <<END_OF_USAGE
Usage: infra/images/build-local.sh [--offline] [--again]

Builds fcrawler/submit-api:$tag and fcrawler/crawler-worker:$tag (FCRAWLER_TAG names another tag)
from the programs, which it builds where they are missing or old. They stand on $JRE; Compose also
runs $REDIS and $KAFKA. An image of these three that the engine does not have is pulled; where no
registry answers, a stand-in of the same name is made out of Debian packages (mmdebstrap), the
installed JDK 25, and Maven's artifacts.

  --offline   ask no registry
  --again     make the stand-ins anew, where the engine has stand-ins

Exit codes: 0 all images are there; 1 a build failed; 2 bad arguments; 3 no Docker engine answers.
END_OF_USAGE
}

has_image() {
  docker image inspect "$1" >/dev/null 2>&1
}

is_standin() {
  [[ $(docker image inspect --format '{{index .Config.Labels "io.fcrawler.standin"}}' "$1" 2>/dev/null) == true ]]
}

say() {
  printf '%s\n' "$1" >&2
}

# tell_if_it_fails WHAT COMMAND...: its output only then.
tell_if_it_fails() {
  local what=$1 log=$work/log
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    fail "$what failed, as told above"
  fi
}

# A registry that says nothing within 20 s is none; one that does may take its time.
pull() {
  docker pull "$1" >"$work/pull" 2>&1 &
  local pulling=$! deadline=$((SECONDS + 20))
  while kill -0 "$pulling" 2>/dev/null; do
    if [[ ! -s $work/pull ]] && ((SECONDS > deadline)); then
      kill "$pulling"
    fi
    sleep 0.2
  done
  wait "$pulling" 2>/dev/null
}

# need IMAGE MAKER: has it, or pulls it, or makes the stand-in.
need() {
  if has_image "$1" && ! { [[ $again == yes ]] && is_standin "$1"; }; then
    return
  fi
  if [[ $offline == no ]] && ! is_standin "$1" && pull "$1"; then
    say "pulled $1"
    return
  fi
  say "making a stand-in for $1"
  "$2"
}

# build_standin IMAGE FOLDER: from a context that is complete.
build_standin() {
  tell_if_it_fails "the build of $1" docker build --label io.fcrawler.standin=true --tag "$1" "$2"
}

# The smallest Debian in which redis-server and a JVM run.
make_debian() {
  ! has_image "$DEBIAN" || [[ $again == yes && $debian_made == no ]] || return 0
  command -v mmdebstrap >/dev/null || fail "a stand-in needs mmdebstrap: apt-get install mmdebstrap"
  tell_if_it_fails "mmdebstrap" mmdebstrap --variant=essential --include=bash,ca-certificates,passwd,procps,redis-tools \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    "$SUITE" "$work/debian.tar"
  tell_if_it_fails "docker import" docker import --change 'LABEL io.fcrawler.standin=true' "$work/debian.tar" "$DEBIAN"
  rm "$work/debian.tar"
  debian_made=yes
}

make_redis() {
  make_debian
  build_standin "$REDIS" "$here/redis"
}

make_jre() {
  make_debian
  mkdir "$work/jre"
  cp "$here/jre/Dockerfile" "$work/jre"
  tell_if_it_fails "jlink" "$java_home/bin/jlink" --add-modules "$JRE_MODULES" --generate-cds-archive --strip-debug \
    --no-header-files --no-man-pages --output "$work/jre/jre"
  build_standin "$JRE" "$work/jre"
}

make_kafka() {
  mkdir "$work/kafka"
  cp "$here"/kafka/* "$work/kafka"
  cp -r "$root/infra/standalone/target/lib" "$work/kafka/lib"
  build_standin "$KAFKA" "$work/kafka"
}

build_program() {
  say "building fcrawler/$1:$tag"
  tell_if_it_fails "the build of fcrawler/$1" docker build --file "$root/$1/Dockerfile" --tag "fcrawler/$1:$tag" "$root"
}

offline=no again=no debian_made=no
for argument in "$@"; do
  case $argument in
    --help) usage && exit ;;
    --offline) offline=yes ;;
    --again) again=yes ;;
    *) usage >&2 && exit 2 ;;
  esac
done
command -v docker >/dev/null || { say "fcrawler: docker is not installed" && exit 3; }
docker info >/dev/null 2>&1 || { say "fcrawler: no Docker engine answers: is dockerd running, and may you use it?" && exit 3; }
java_home=$(find_jdk_25) || fail "no JDK 25 found: install one, such as Temurin 25, or set JAVA_HOME to it"
is_built || build "$java_home" "fcrawler, which takes a minute or two the first time"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
need "$JRE" make_jre
need "$REDIS" make_redis
need "$KAFKA" make_kafka
build_program submit-api
build_program crawler-worker
say "images: fcrawler/submit-api:$tag, fcrawler/crawler-worker:$tag"
