-- forget: a former crawl has no keys any more.
-- KEYS 1 meta   ARGV 1 the crawl's mark (short id, colon, buckets)
local kept = {}
for mark in string.gmatch(redis.call('HGET', KEYS[1], 'former') or '', '%S+') do
  if mark ~= ARGV[1] then
    kept[#kept + 1] = mark
  end
end
redis.call('HSET', KEYS[1], 'former', table.concat(kept, ' '))
return 0
