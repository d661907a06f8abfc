-- remove: some keys of a former crawl, unless that is the current one again.
-- KEYS 1 meta, 2 the crawl's lanes (set), then the keys to remove
-- ARGV 1 the crawl's short id, then the names of lanes whose keys are among those
-- Replies how many were removed, -1 where the crawl is the current one.
local current = redis.call('HGET', KEYS[1], 'crawlId') or ''
if string.sub(current, 25) == ARGV[1] then
  return -1
end
local removed = 0
for i = 3, #KEYS do
  removed = removed + redis.call('UNLINK', KEYS[i])
end
for i = 2, #ARGV do
  redis.call('SREM', KEYS[2], ARGV[i])
end
return removed
