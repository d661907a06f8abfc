-- acquire: lanes that are free, released or past their lease, for this session.
-- KEYS 1 meta, 2 total, 3 crawled, 4 failed, 5 session, 6 predecessor's session, 7 failures,
--      8 history, then for each lane: lane, queue, inflight, delayed
-- ARGV 1 crawlId, 2 session id, 3 seq, 4 lease (ms), 5 session TTL (ms), 6 predecessor id ('' none)
-- Replies {'gone'}, {'stale'} or {'ok', verdict for each lane}: 0 granted, -1 granted by take-over,
-- else how long the lane is held by another (ms).
local refused = refusal(KEYS[1], KEYS[5], ARGV[1], ARGV[3])
if refused then
  return {refused}
end
accept(KEYS[5], ARGV[5])
if ARGV[6] ~= '' then
  redis.call('DEL', KEYS[6])
end
local now = now_ms()
local abandoned, back = 0, 0

-- An entry that was in flight at three lost workers waits a minute; at ten, it is given up.
local function taken_over(delayed_key)
  return function(entry)
    local f = fields(entry)
    f[5] = tonumber(f[5]) + 1
    local changed = table.concat(f, '\t')
    if f[5] >= 10 then
      redis.call('HSET', KEYS[7], f[8],
        table.concat({'abandoned', 0, f[5], f[7], now}, '\t'))
      abandoned = abandoned + 1
      return nil
    elseif f[5] >= 3 then
      redis.call('ZADD', delayed_key, now + 60000, changed)
      return nil
    end
    return changed
  end
end

local reply = {'ok'}
for i = 9, #KEYS, 4 do
  local lane = redis.call('HMGET', KEYS[i], 'holder', 'until')
  local holder, remaining = lane[1], tonumber(lane[2] or '0') - now
  local own = holder == ARGV[2]
  local free = not holder or own or holder == ARGV[6]
  if free or remaining <= 0 then
    redis.call('HSET', KEYS[i], 'holder', ARGV[2], 'until', now + tonumber(ARGV[4]))
    if not own then
      back = back + requeue(KEYS[i + 1], KEYS[i + 2], not free and taken_over(KEYS[i + 3]) or nil)
    end
    reply[#reply + 1] = free and 0 or -1
  else
    reply[#reply + 1] = remaining
  end
end
if back > 0 then
  redis.call('HINCRBY', KEYS[1], 'inflight', -back)
end
if abandoned > 0 then
  local total, crawled, failed, gone = counters(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
  failed = failed + abandoned
  write_counters(KEYS[2], total, KEYS[3], crawled, KEYS[4], failed, gone)
  conclude(KEYS[1], KEYS[8], now, total, crawled, failed)
end
return reply
