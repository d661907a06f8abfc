#!/usr/bin/env bash
# Makes what docker-compose.secure.yml needs: see --help.
set -euo pipefail
umask 077

infra=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly DAYS=825

usage() {
  cat <<'END_OF_USAGE'
Usage: infra/secure/make-secrets.sh

Writes random passwords into infra/.env (FCRAWLER_REDIS_PASSWORD, for the programs; REDIS_OPERATOR_PASSWORD,
for people and scripts), and a certificate authority with a certificate for Redis into infra/secrets.
What is there already stays; delete it to have it made anew. Needs openssl.

The certificate is for the names redis and localhost, and for 127.0.0.1; it holds for 825 days.

Exit codes: 0 all is there; 1 something could not be made; 2 bad arguments.
END_OF_USAGE
}

# Fills the line of infra/.env that is empty, or adds it.
add_password() {
  if grep -qs "^$1=." "$infra/.env"; then
    printf '%s is in infra/.env already\n' "$1"
    return
  fi
  local line
  line=$1=$(openssl rand -hex 24)
  if grep -qs "^$1=$" "$infra/.env"; then
    sed -i "s/^$1=\$/$line/" "$infra/.env"
  else
    # After a last line that may lack its end.
    [[ ! -s $infra/.env || -z $(tail -c 1 "$infra/.env") ]] || printf '\n' >>"$infra/.env"
    printf '%s\n' "$line" >>"$infra/.env"
  fi
  printf '%s is now in infra/.env\n' "$1"
}

failed() {
  cat "$new/log" >&2
  exit 1
}

make_certificates() {
  local folder=$infra/secrets
  if [[ -s $folder/redis.crt && -s $folder/redis.key && -s $folder/ca.crt ]]; then
    printf 'infra/secrets has certificates already\n'
    return
  fi
  mkdir -p "$folder"
  new=$(mktemp -d "$folder/new.XXXXXX")
  trap 'rm -rf "$new"' EXIT
  openssl req -x509 -newkey rsa:3072 -nodes -days "$DAYS" -subj '/CN=fcrawler certificate authority' \
    -addext 'keyUsage=critical,keyCertSign' -keyout "$new/ca.key" -out "$new/ca.crt" 2>"$new/log" || failed
  openssl req -newkey rsa:3072 -nodes -subj '/CN=redis' -keyout "$new/redis.key" -out "$new/redis.csr" 2>"$new/log" || failed
  printf 'subjectAltName=DNS:redis,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' >"$new/extensions"
  openssl x509 -req -days "$DAYS" -in "$new/redis.csr" -CA "$new/ca.crt" -CAkey "$new/ca.key" -CAcreateserial \
    -extfile "$new/extensions" -out "$new/redis.crt" 2>"$new/log" || failed
  # The authority's key is not kept: another certificate needs another authority.
  mv "$new/redis.key" "$new/redis.crt" "$new/ca.crt" "$folder"
  # The programs' containers, whose user is not the one that made it, read the authority's certificate.
  chmod 755 "$folder"
  chmod 644 "$folder/ca.crt" "$folder/redis.crt"
  printf 'infra/secrets has new certificates\n'
}

case ${1:-} in
  '') ;;
  --help) usage && exit ;;
  *) usage >&2 && exit 2 ;;
esac
command -v openssl >/dev/null || { printf 'openssl is not installed\n' >&2 && exit 1; }
add_password FCRAWLER_REDIS_PASSWORD
add_password REDIS_OPERATOR_PASSWORD
chmod go-rwx "$infra/.env"
make_certificates
