-- progress: a crawl's numbers, and what its rate is reckoned from, read in one step.
-- KEYS 1 meta, 2 total, 3 crawled, 4 failed, 5 history (zset), 6 queued
-- ARGV none
-- Replies {now, total, crawled, failed, queued marker, meta's fields and values …, sample …}: the
-- list of meta is the 6th, the sample the 7th element (the newest of at least 10 s ago, else the
-- crawl's first); absent ones are ''. The 8th: how many counters there are of a crawl that meta,
-- which is gone, does not name; else 0.
local now = now_ms()
local total, crawled, failed = counters(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
local crawl_id = redis.call('HGET', KEYS[1], 'crawlId')
local base = ''
if crawl_id then
  local samples = redis.call('ZREVRANGEBYSCORE', KEYS[5], now - 10000, now - 120000, 'LIMIT', 0, 1)
  if not samples[1] or not string.find(samples[1], crawl_id, 1, true) then
    local started = redis.call('HGET', KEYS[1], 'startedAt')
    samples = redis.call('ZRANGEBYSCORE', KEYS[5], started, '+inf', 'LIMIT', 0, 1)
  end
  base = samples[1] or ''
end
local nameless = crawl_id and 0 or redis.call('EXISTS', KEYS[2], KEYS[3], KEYS[4])
return {tostring(now), tostring(total), tostring(crawled), tostring(failed),
  redis.call('GET', KEYS[6]) or '', redis.call('HGETALL', KEYS[1]), base, nameless}
