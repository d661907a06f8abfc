# shellcheck shell=bash
# Finds processes by a mark in their environment, which all that they start inherit. To be sourced.

# processes_with NAME=VALUE: their ids, in one line. Linux alone can tell.
processes_with() {
  # Listed before grep is started, so that it doesn't find itself.
  local files environments=(/proc/[0-9]*/environ)
  # Its exit code tells of the processes that it may not read, too.
  files=$(grep -lszxF -e "$1" "${environments[@]}") || true
  [[ -n $files ]] || return 0
  files=${files//[^0-9$'\n']/}
  printf '%s\n' "${files//$'\n'/ }"
}

# end_processes_with NAME=VALUE: kills them, and prints what they were. Again, as one may have started another meanwhile.
end_processes_with() {
  local pid round
  for round in 1 2 3; do
    for pid in $(processes_with "$1"); do
      ((round > 1)) || printf 'ending what was left running: %s %s\n' "$pid" "$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | cut -c1-150)"
      kill -KILL "$pid" 2>/dev/null || true
    done
  done
}
