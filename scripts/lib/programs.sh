# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # for build.sh; root is set by the script that sources this
# What build.sh builds for all that runs fcrawler's programs. To be sourced, with root set.

launcher=$root/infra/standalone/target/standalone.jar
jars=("$launcher" "$root/submit-api/target/submit-api.jar" "$root/crawler-worker/target/crawler-worker.jar")
sources=("$root/pom.xml")
for module in common crawler-worker submit-api infra/client infra/embedded infra/standalone infra/testing/web; do
  sources+=("$root/$module/pom.xml" "$root/$module/src/main")
done
stamp=$root/infra/standalone/target/built-by-standalone.sh
build_arguments=(-pl "submit-api,crawler-worker,infra/standalone" -am)
