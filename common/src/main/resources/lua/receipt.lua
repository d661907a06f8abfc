-- receipt: a crawl's counters, and what all of its lanes and dedupe buckets, or some, add up to.
-- KEYS 1 meta, 2 total, 3 crawled, 4 failed, 5 failures, 6 excluded, 7 lanes (set), then queue,
--      inflight and delayed of each lane, then the dedupe buckets
-- ARGV 1 crawlId, 2 number of lanes in the set, 3 number of buckets, both as the caller read them,
--      4 number of lanes among KEYS
-- Replies {'changed'} where they are others by now, else {'ok', status, total, crawled, failed,
-- excluded, listed failures, listed exclusions, queued, delayed, inFlight, fingerprints}.
local meta = redis.call('HMGET', KEYS[1], 'crawlId', 'status', 'excluded', 'buckets')
if meta[1] ~= ARGV[1] or meta[4] ~= ARGV[3] or redis.call('SCARD', KEYS[7]) ~= tonumber(ARGV[2]) then
  return {'changed'}
end
local queued, delayed, inflight, fingerprints = 0, 0, 0, 0
local buckets_from = 8 + 3 * tonumber(ARGV[4])
for i = 8, buckets_from - 1, 3 do
  queued = queued + redis.call('LLEN', KEYS[i])
  inflight = inflight + redis.call('HLEN', KEYS[i + 1])
  delayed = delayed + redis.call('ZCARD', KEYS[i + 2])
end
for i = buckets_from, #KEYS do
  fingerprints = fingerprints + redis.call('SCARD', KEYS[i])
end
local total, crawled, failed = counters(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
return {'ok', meta[2], total, crawled, failed, meta[3], redis.call('HLEN', KEYS[5]),
  redis.call('HLEN', KEYS[6]), queued, delayed, inflight, fingerprints}
