-- pause, resume, cancel: moves the crawl to another state.
-- KEYS 1 meta, 2 total, 3 crawled, 4 failed, 5 history (zset)
-- ARGV 1 position, 2 crawlId, 3 'pause', 'resume' or 'cancel', 4 announcement channel, 5 seed,
--      6 position of the command noted before it ('' for none)
-- Replies 'repeated', 'early', 'ignored' or 'done'.
local meta = redis.call('HMGET', KEYS[1], 'applied', 'crawlId', 'status', 'next')
if applied_before(meta[1], ARGV[1]) then
  return 'repeated'
end
if ARGV[6] ~= '' and not applied_before(meta[1], ARGV[6]) then
  return 'early'
end
redis.call('HSET', KEYS[1], 'applied', ARGV[1])
if meta[2] ~= ARGV[2] then
  if ARGV[3] == 'cancel' and meta[4] and cjson.decode(meta[4]).crawlId == ARGV[2] then
    redis.call('HDEL', KEYS[1], 'next')
    redis.call('HSET', KEYS[1], 'nextCancelled', ARGV[2])
    return 'done'
  end
  return 'ignored'
end
local status = meta[3]
local target = nil
if ARGV[3] == 'pause' and status == 'crawling' then
  target = 'paused'
elseif ARGV[3] == 'resume' and status == 'paused' then
  target = 'crawling'
elseif ARGV[3] == 'cancel' and not finished(status) then
  target = 'cancelled'
end
if not target then
  return 'ignored'
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'status', target)
if target == 'cancelled' then
  redis.call('HSET', KEYS[1], 'finishedAt', now)
end
local total, crawled, failed = counters(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
conclude(KEYS[1], KEYS[5], now, total, crawled, failed)
redis.call('PUBLISH', ARGV[4], ARGV[5] .. ' *')
return 'done'
