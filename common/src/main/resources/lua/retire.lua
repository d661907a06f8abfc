-- retire: drops a seed from the active ones if its noted commands are still those.
-- KEYS 1 active (hash)   ARGV 1 seed, 2 its value as read
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return 0
