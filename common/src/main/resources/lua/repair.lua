-- repair: puts lanes that hold entries but are not listed into the list, and notes what differs.
-- KEYS 1 meta, 2 total, 3 crawled, 4 failed, 5 lanes (set), then queue, inflight and delayed of each
--      lane that was not listed
-- ARGV 1 crawlId, 2 announcement channel, 3 seed, 4 '1' to note what differs, 5 that, a line each
--      ('' for nothing), 6 to 9 total, crawled, failed, excluded by which it was found, then the
--      names of the lanes
-- Replies {number of lanes that were listed, note}: 1 noted as news, 0 the same was noted before or
-- nothing was to be noted, -1 not noted, as the crawl is another, cancelled, or changed meanwhile.
local meta = redis.call('HMGET', KEYS[1], 'crawlId', 'status', 'excluded', 'damaged')
if meta[1] ~= ARGV[1] or meta[2] == 'cancelled' then
  return {0, -1}
end
local now = now_ms()
local listed = 0
for i = 6, #KEYS, 3 do
  local name = ARGV[10 + (i - 6) / 3]
  if redis.call('EXISTS', KEYS[i], KEYS[i + 1], KEYS[i + 2]) > 0
      and redis.call('SADD', KEYS[5], name) == 1 then
    listed = listed + 1
    redis.call('PUBLISH', ARGV[2], ARGV[3] .. ' ' .. name)
  end
end
if ARGV[4] ~= '1' then
  return {listed, 0}
end
local total, crawled, failed = counters(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if total ~= tonumber(ARGV[6]) or crawled ~= tonumber(ARGV[7]) or failed ~= tonumber(ARGV[8])
    or meta[3] ~= ARGV[9] then
  return {listed, -1}
end
if (meta[4] or '') == ARGV[5] then
  return {listed, 0}
end
if ARGV[5] == '' then
  redis.call('HDEL', KEYS[1], 'damaged', 'damagedAt')
else
  redis.call('HSET', KEYS[1], 'damaged', ARGV[5])
  redis.call('HSETNX', KEYS[1], 'damagedAt', now)
end
return {listed, 1}
