-- What the scripts share; put before each of them. Times are ms by Redis's own clock.
-- Fingerprints are decimal strings throughout: a Lua number (a double) loses bits.

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function finished(status)
  return status == 'done' or status == 'cancelled'
end

-- 'gone' or 'stale' where the caller's session may not go on with this crawl; nil where it may.
local function refusal(meta_key, session_key, crawl_id, seq)
  local meta = redis.call('HMGET', meta_key, 'crawlId', 'status')
  if meta[1] ~= crawl_id or finished(meta[2]) then
    return 'gone'
  end
  local known = redis.call('HGET', session_key, 'seq') or '0'
  if known ~= seq then
    return 'stale'
  end
  return nil
end

local function accept(session_key, ttl_ms)
  redis.call('HINCRBY', session_key, 'seq', 1)
  redis.call('PEXPIRE', session_key, ttl_ms)
end

-- An entry is fingerprint, depth, redirects, retries, take-overs, flags, referrer, URL, by tabs.
local function fields(entry)
  local out = {}
  for field in string.gmatch(entry .. '\t', '([^\t]*)\t') do
    out[#out + 1] = field
  end
  return out
end

-- Keeps at most 5,000 samples of 30 days, one each 5 s, or one now where the crawl changes state.
local function sample(meta_key, history_key, now, numbers, force)
  local last = tonumber(redis.call('HGET', meta_key, 'sampledAt') or '0')
  if not force and now - last < 5000 then
    return
  end
  redis.call('HSET', meta_key, 'sampledAt', now)
  redis.call('ZADD', history_key, now, now .. ':' .. numbers)
  redis.call('ZREMRANGEBYSCORE', history_key, '-inf', now - 2592000000)
  redis.call('ZREMRANGEBYRANK', history_key, 0, -5001)
end

-- The counters total, crawled and failed. One whose key is gone, as by an eviction, is taken from
-- their copy in meta, which conclude writes; then the fourth value is true.
local function counters(meta_key, total_key, crawled_key, failed_key)
  local n = redis.call('MGET', total_key, crawled_key, failed_key)
  local gone = not (n[1] and n[2] and n[3])
  local copy = {}
  if gone then
    for number in string.gmatch(redis.call('HGET', meta_key, 'counters') or '', '%d+') do
      copy[#copy + 1] = number
    end
  end
  return tonumber(n[1] or copy[1] or 0), tonumber(n[2] or copy[2] or 0),
    tonumber(n[3] or copy[3] or 0), gone
end

-- Writes the counters, and a line into Redis's log where a key was gone.
local function write_counters(total_key, total, crawled_key, crawled, failed_key, failed, gone)
  redis.call('MSET', total_key, total, crawled_key, crawled, failed_key, failed)
  if gone then
    redis.log(redis.LOG_WARNING, 'fcrawler: a counter beside ' .. total_key
      .. ' was deleted; it is restored from its copy')
  end
end

-- Ends the crawl if nothing is pending; returns its status and takes the sample that is due.
local function conclude(meta_key, history_key, now, total, crawled, failed)
  local meta = redis.call('HMGET', meta_key, 'crawlId', 'status', 'excluded', 'bytes')
  local status = meta[2]
  if not finished(status) and total - crawled - failed == 0 then
    status = 'done'
    redis.call('HSET', meta_key, 'status', status, 'finishedAt', now)
  end
  redis.call('HSET', meta_key, 'updatedAt', now,
    'counters', table.concat({total, crawled, failed}, ' '))
  local numbers = table.concat({meta[1], total, crawled, failed, meta[3], meta[4]}, ':')
  sample(meta_key, history_key, now, numbers, finished(status))
  return status
end

-- Puts all that is in flight back to the head of its queue, shallowest first; gives their number.
-- With a change function an entry may become another one, or none (then it is dealt with).
local function requeue(queue_key, inflight_key, change)
  local values = redis.call('HVALS', inflight_key)
  if #values == 0 then
    return 0
  end
  local back = {}
  for _, entry in ipairs(values) do
    local kept = change and change(entry) or (not change and entry) or nil
    if kept then
      back[#back + 1] = {tonumber(string.match(kept, '^[^\t]*\t([^\t]*)')), kept}
    end
  end
  table.sort(back, function(a, b) return a[1] > b[1] end)
  for _, item in ipairs(back) do
    redis.call('LPUSH', queue_key, item[2])
  end
  redis.call('DEL', inflight_key)
  return #values
end

-- Whether a command at this position (topicId:partition:offset) was applied before.
local function applied_before(applied, position)
  if not applied then
    return false
  end
  local topic, offset = string.match(applied, '^(.*):%d+:(%d+)$')
  local topic2, offset2 = string.match(position, '^(.*):%d+:(%d+)$')
  return topic == topic2 and tonumber(offset2) <= tonumber(offset)
end
