# shellcheck shell=bash
# Finds Docker Compose. To be sourced.

# Succeeds where one of both generations is installed; compose runs it then.
find_compose() {
  if command -v docker-compose >/dev/null; then
    compose_command=(docker-compose)
  elif docker compose version >/dev/null 2>&1; then
    compose_command=(docker compose)
  else
    return 1
  fi
}

compose() {
  "${compose_command[@]}" "$@"
}
