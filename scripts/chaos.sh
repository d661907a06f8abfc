#!/usr/bin/env bash
# Attacks fcrawler by machine and checks that its numbers stay exact: see --help. Builds what is missing.
# Needs a JDK 25, and Maven as long as something is to be built.
#
# --without RULE, before all other options, attacks a copy of fcrawler that lacks a rule of its design (one of
# infra/testing/chaos/mutants), and succeeds when a run is found that is not exact: the attack must notice.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
target=$root/infra/testing/chaos/target
jars=("$target/chaos.jar" "$root/submit-api/target/submit-api.jar" "$root/crawler-worker/target/crawler-worker.jar")
sources=("$root/pom.xml")
for module in common crawler-worker submit-api infra/client infra/embedded infra/standalone infra/testing/web infra/testing/chaos; do
  sources+=("$root/$module/pom.xml" "$root/$module/src/main")
done
stamp=$target/built-by-chaos.sh
build_arguments=(-pl "submit-api,crawler-worker,infra/testing/chaos" -am)

# shellcheck source=scripts/lib/jdk.sh
source "$root/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/build.sh
source "$root/scripts/lib/build.sh"

rules() {
  (cd "$root/infra/testing/chaos/mutants" && printf '  %s\n' *.patch | sed 's/\.patch$//')
}

# without RULE OPTIONS...: whether the attack finds that the rule is missing.
without() {
  local patch=$root/infra/testing/chaos/mutants/$1.patch code=0
  [[ -f $patch ]] || fail "no rule $1; there are:"$'\n'"$(rules)"
  shift
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  (cd "$root" && git ls-files -z | tar --create --null --files-from=- --file=-) | tar --extract --directory "$copy" --file=-
  (cd "$copy" && GIT_CEILING_DIRECTORIES=${copy%/*} git apply "$patch") || fail "$patch does not fit any more"
  "$copy/scripts/chaos.sh" --until-found "$@" || code=$?
  case $code in
    0) printf 'NOT FOUND: every run was exact without that rule\n' && return 1 ;;
    1) printf 'found: without that rule a run is not exact\n' ;;
    *) return "$code" ;;
  esac
}

if [[ ${1:-} == --without ]]; then
  (($# > 1)) || fail "--without needs a rule:"$'\n'"$(rules)"
  without "${@:2}"
  exit
fi
java_home=$(find_jdk_25) || fail "no JDK 25 found: install one, such as Temurin 25, or set JAVA_HOME to it"
if ! { wants_help "$@" && jars_are_there; } && ! is_built; then
  build "$java_home" "what is attacked, which takes a minute or two the first time"
fi
exec "$java_home/bin/java" -Xmx512m -XX:+UseSerialGC -Dfcrawler.root="$root" -jar "${jars[0]}" "$@"
