#!/bin/sh
# Starts the redis of docker-compose.secure.yml: what it is given as root becomes readable for Redis
# alone, then the usual start goes on.
set -eu

hashed() {
  printf %s "$1" | sha256sum | cut -d ' ' -f 1
}

umask 077
folder=/run/redis
mkdir -p "$folder"
# The programs: their own keys and channels, and of the commands what reads, writes and runs scripts;
# nothing that configures, empties or copies. INFO is how they watch over persistence, TIME is the
# clock of the scripts.
#
# The user default lets nobody in, but keeps its permissions: Redis 7 loads its append-only
# file as that user, and would leave out each transaction that it may not run (redis issue 14541).
cat >"$folder/users.acl" <<ACL
user default off resetpass ~* &* +@all
user fcrawler on #$(hashed "$FCRAWLER_PASSWORD") ~fcrawler:* ~{fcrawler}:* &fcrawler:* -@all +@read +@write +@scripting +@connection +@transaction +@pubsub -@dangerous -@admin +info +time
user operator on #$(hashed "$REDISCLI_AUTH") ~* &* +@all
ACL
cp /tls/redis.crt /tls/redis.key /tls/ca.crt "$folder"
chown -R redis "$folder"
unset FCRAWLER_PASSWORD
exec /bin/sh /fcrawler/start.sh "$@" --aclfile "$folder/users.acl" --port 0 --tls-port 6379 --tls-auth-clients no \
  --tls-cert-file "$folder/redis.crt" --tls-key-file "$folder/redis.key" --tls-ca-cert-file "$folder/ca.crt"
