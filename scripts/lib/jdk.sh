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

# Prints the folder of a JDK 25: JAVA_HOME if it is one, else one of the usual places.
find_jdk_25() {
  local home
  local homes=("${JAVA_HOME:-/nowhere}" /usr/lib/jvm/*25*)
  if home=$(java_on_path); then
    homes+=("$home")
  fi
  if [[ -x /usr/libexec/java_home ]]; then
    homes+=("$(/usr/libexec/java_home -v 25 2>/dev/null || true)")
  fi
  for home in "${homes[@]}"; do
    if [[ -n $home ]] && is_java_25 "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}
