-- open: creates the crawl with its start page, or lets it wait, or records that nothing is to do.
-- KEYS 1 meta, 2 total, 3 crawled, 4 failed, 5 crawls (list), 6 history (zset), 7 queued,
--      of the new crawl: 8 seen:0, 9 lanes (set), 10 queue of the start page's lane
-- ARGV 1 position ('' for a crawl that waited), 2 crawlId, 3 crawl that the API saw ('' for none),
--      4 the command as JSON, 5 maxPages (-1: no limit), 6 submittedAt (ms), 7 seed,
--      8 start entry, 9 its fingerprint, 10 its lane, 11 announcement channel,
--      12 position of the command noted before it ('' for none)
-- Replies 'repeated', 'early', 'ignored', 'waiting' or 'done'; 'remains' (nothing was done) where
-- this crawl, which meta does not name as the current one, has keys: that meta was deleted.
local meta = redis.call('HMGET', KEYS[1],
  'applied', 'crawlId', 'status', 'next', 'former', 'buckets', 'nextCancelled')
local current, status, next_crawl, cancelled = meta[2], meta[3], meta[4], meta[7]
local id, saw, waited = ARGV[2], ARGV[3], ARGV[1] == ''
if not waited then
  if applied_before(meta[1], ARGV[1]) then
    return 'repeated'
  end
  if ARGV[12] ~= '' and not applied_before(meta[1], ARGV[12]) then
    return 'early'
  end
end
local next_id = next_crawl and cjson.decode(next_crawl).crawlId
local over = not current or finished(status)
if waited then
  if next_id ~= id or not over then
    return 'ignored'
  end
end
if id ~= current and redis.call('EXISTS', KEYS[8], KEYS[9]) > 0 then
  return 'remains'
end
if not waited then
  redis.call('HSET', KEYS[1], 'applied', ARGV[1])
  redis.call('DEL', KEYS[7])
  if id == current or id == next_id or id == cancelled then
    return 'ignored'
  end
  local follows = saw ~= '' and (saw == current or saw == cancelled)
  if current and not (follows and over) then
    if next_id and saw ~= next_id or not next_id and not follows then
      return 'ignored'
    end
    redis.call('HSET', KEYS[1], 'next', ARGV[4])
    return 'waiting'
  end
end

local former = meta[5] or ''
if current then
  local total, crawled, failed = counters(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
  local old = redis.call('HMGET', KEYS[1],
    'excluded', 'bytes', 'submittedAt', 'startedAt', 'finishedAt')
  redis.call('LPUSH', KEYS[5], table.concat({current, status, total, crawled, failed,
    old[1], old[2], old[3], old[4] or '', old[5] or ''}, '\t'))
  former = former .. (former == '' and '' or ' ')
    .. string.sub(current, 25) .. ':' .. (meta[6] or '1')
end
local now = now_ms()
local applied = redis.call('HGET', KEYS[1], 'applied')
redis.call('DEL', KEYS[1], KEYS[8], KEYS[9], KEYS[10])
if applied then
  redis.call('HSET', KEYS[1], 'applied', applied)
end
redis.call('HSET', KEYS[1], 'crawlId', ARGV[2], 'status', 'crawling', 'open', ARGV[4],
  'maxPages', ARGV[5], 'submittedAt', ARGV[6], 'startedAt', now, 'excluded', 0, 'bytes', 0,
  'inflight', 0, 'buckets', 1, 'joined', '', 'former', former)
if next_crawl and not waited then
  redis.call('HSET', KEYS[1], 'next', next_crawl)
end
redis.call('MSET', KEYS[2], 1, KEYS[3], 0, KEYS[4], 0)
redis.call('SADD', KEYS[8], ARGV[9])
redis.call('SADD', KEYS[9], ARGV[10])
redis.call('RPUSH', KEYS[10], ARGV[8])
sample(KEYS[1], KEYS[6], now, ARGV[2] .. ':1:0:0:0:0', true)
conclude(KEYS[1], KEYS[6], now, 1, 0, 0)
redis.call('PUBLISH', ARGV[11], ARGV[7] .. ' ' .. ARGV[10])
return 'done'
