# shellcheck shell=bash
# shellcheck disable=SC2154 # set by the script that sources this
# Runs compiled tests by JUnit's launcher, without Maven. To be sourced, with root set, and after jdk.sh.
# `mvn package` writes the class path of each module to target/test-classpath; scripts/checks/build.sh
# runs it where that is older than the sources.

# run_tests MODULE ARGUMENT...: as Failsafe would, in one JVM and one class after the other. It fails
# where no test is found.
run_tests() {
  local module=$1 flags java
  shift
  flags=$(sed -n 's:.*<test\.jvm\.flags>\(.*\)</test\.jvm\.flags>.*:\1:p' "$root/pom.xml")
  [[ -n $flags ]] || { printf 'pom.xml has no test.jvm.flags\n' >&2 && return 1; }
  java=$(find_jdk_25)/bin/java || return 1
  [[ -r $root/$module/target/test-classpath ]] || { printf '%s is not built: run mvn package\n' "$module" >&2 && return 1; }
  # No helper images: containers are ended by the JVM that started them.
  # shellcheck disable=SC2086 # a word for each flag
  (
    cd "$root/$module" || exit
    export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true
    exec "$java" $flags -cp "target/test-classes:target/classes:$(<target/test-classpath)" \
      org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=tree \
      --details-theme=ascii --fail-if-no-tests --config junit.jupiter.execution.parallel.enabled=false "$@"
  )
}

# failed_tests LOG OTHERWISE: the names of some that failed, as the launcher printed them.
failed_tests() {
  local names
  names=$(sed -n 's/^  JUnit Jupiter:/ /p' "$1" | head -n 3 | tr '\n' ';')
  printf '%s\n' "${names:-$2}"
}

# modules_with_tests TAG ELSEWHERE: the modules with test classes of this tag, not counting classes whose name matches
# the extended regular expression ELSEWHERE.
modules_with_tests() {
  find "$root" -path '*/src/test/*' -name '*.java' -exec grep -l "^ *@Tag(\"$1\")" {} + |
    grep -Ev "/($2)\.java$" | sed "s:^$root/::; s:/src/test/.*::" | sort -u
}
