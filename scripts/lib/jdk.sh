# shellcheck shell=bash
# Finds a JDK 25. To be sourced.

is_java_25() {
  [[ -x $1/bin/java ]] || return 1
  if [[ -r $1/release ]]; then
    grep -Eq '^JAVA_VERSION="25(["+.-])' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -Eq 'version "25(["+.-])'
  fi
}

java_on_path() {
  local java
  java=$(command -v java) || return 1
  "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

first_java_25() {
  local home
  for home in "$@"; do
    if [[ -n $home ]] && is_java_25 "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

# Prints the folder of a JDK 25: JAVA_HOME if it is one, else one of the usual places. Java itself,
# which takes its time, is asked only where these have none.
find_jdk_25() {
  first_java_25 "${JAVA_HOME:-}" /usr/lib/jvm/*25* && return
  local asked
  asked=$(java_on_path || true)
  if [[ -x /usr/libexec/java_home ]]; then
    first_java_25 "$asked" "$(/usr/libexec/java_home -v 25 2>/dev/null || true)"
  else
    first_java_25 "$asked"
  fi
}
