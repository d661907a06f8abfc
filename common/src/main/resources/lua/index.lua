-- index: the status of crawls, for the list of seeds.
-- KEYS 1 seeds (zset), then the zset of each status
-- ARGV for each crawl: seed, number of its status' zset among KEYS
-- Replies the number of seeds whose status was another.
local now = now_ms()
local changed = 0
for i = 1, #ARGV, 2 do
  local seed, place = ARGV[i], tonumber(ARGV[i + 1])
  redis.call('ZADD', KEYS[1], 'NX', now, seed)
  if redis.call('ZADD', KEYS[place], 'NX', redis.call('ZSCORE', KEYS[1], seed), seed) == 1 then
    changed = changed + 1
    for other = 2, #KEYS do
      if other ~= place then
        redis.call('ZREM', KEYS[other], seed)
      end
    end
  end
end
return changed
