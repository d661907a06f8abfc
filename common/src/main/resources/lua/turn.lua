-- turn: settles outcomes, takes in links, renews leases and claims, for lanes of one session.
-- KEYS 1 meta, 2 total, 3 crawled, 4 failed, 5 session, 6 lanes (set), 7 hosts, 8 failures,
--      9 excluded, 10 history, 11 hosts that are spread (set); for each lane: lane, queue, inflight, delayed; then, as ARGV numbers
--      them: queues of further lanes, dedupe buckets; last two buckets for each split that may fall due
-- ARGV 1 crawlId, 2 session id, 3 seq, 4 lease (ms), 5 session TTL (ms), 6 buckets that the caller
--      reckons with, 7 announcement channel, 8 seed, 9 splits given in KEYS, 10 number of lanes,
--      11 to 13 patience with hosts: URLs that fail in a row, longest pause (ms), pauses in all
--      until the host is given up (ms), 14 number of target lanes, for each its name and the number
--      of its queue among KEYS;
--      then for each lane: host, claims, authorities that join (by spaces), '1' where the host's
--      lanes may be spread, number of reports on the host, of outcomes, of links;
--        each report: kind, reason, pause that the host asked for (ms):
--          'w' well     'c' failed at a URL's first attempt     'n' failed, not to be counted
--        each outcome: fingerprint, kind, two values:
--          'c' crawled: bytes, ''                      'f' failed: URL, reason, status, attempts, referrer by tabs
--          'x' excluded: URL, reason                   'r' retry: entry, delay (ms)
--          'w' withdrawn: number of its bucket among KEYS, ''
--        each link: fingerprint, number of its bucket among KEYS, number of its target lane, entry,
--          reason for exclusion ('' to admit)
-- Replies {'gone'}, {'stale'}, {'buckets', number} (nothing was done), or {'ok', status, buckets,
-- joined, a verdict for each lane}: {"lost"}, or {ms until more is due or -1, standing of the host
-- (0 well, 1 troubled, 2 given up), ms for which it is to be left alone, claimed entries …}.
local refused = refusal(KEYS[1], KEYS[5], ARGV[1], ARGV[3])
if refused then
  return {refused}
end
local meta = redis.call('HMGET', KEYS[1], 'buckets', 'maxPages', 'status', 'excluded', 'joined', 'lifts')
local buckets = tonumber(meta[1])
if buckets ~= tonumber(ARGV[6]) then
  return {'buckets', buckets}
end
accept(KEYS[5], ARGV[5])

local now = now_ms()
local max_pages, excluded, joined = tonumber(meta[2]), tonumber(meta[4]), meta[5]
local total, crawled, failed, gone = counters(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
local total_before = total
local bytes, landed, excluded_before = 0, 0, excluded
local limit, longest, give_up = tonumber(ARGV[11]), tonumber(ARGV[12]), tonumber(ARGV[13])
local at = 14
local function arg()
  at = at + 1
  return ARGV[at]
end

local lane_count = tonumber(ARGV[10])
local targets = {}
for i = 1, tonumber(ARGV[14]) do
  targets[i] = {name = arg(), queue = tonumber(arg())}
end
local own_keys = 11 + 4 * lane_count

-- Reasons of the way by which a URL was found: it is admitted when another way is free.
local of_the_way = {max_depth = true, redirect_limit = true, nofollow = true}
local lifts = meta[6]

local function exclude(url, reason)
  redis.call('HSET', KEYS[9], url, reason)
  excluded = excluded + 1
  if of_the_way[reason] and not lifts then
    lifts = '1'
    redis.call('HSET', KEYS[1], 'lifts', lifts)
  end
end

local function url_of(entry)
  return string.match(entry, '[^\t]*$')
end

-- Whether a URL that is known was kept out by the way alone, and is not any more.
local function lift(entry)
  if not (lifts and of_the_way[redis.call('HGET', KEYS[9], url_of(entry)) or '']) then
    return false
  end
  redis.call('HDEL', KEYS[9], url_of(entry))
  excluded = excluded - 1
  return true
end

local function settle(keys, fingerprint, kind, a, b)
  if redis.call('HDEL', KEYS[keys + 2], fingerprint) == 0 then
    return
  end
  landed = landed + 1
  if kind == 'c' then
    crawled = crawled + 1
    bytes = bytes + tonumber(a)
  elseif kind == 'f' then
    failed = failed + 1
    redis.call('HSET', KEYS[8], a, b .. '\t' .. now)
  elseif kind == 'x' then
    total = total - 1
    exclude(a, b)
  elseif kind == 'r' then
    redis.call('ZADD', KEYS[keys + 3], now + tonumber(b), a)
  elseif kind == 'w' then
    total = total - 1
    redis.call('SREM', KEYS[tonumber(a)], fingerprint)
  end
end

local function admit(fingerprint, bucket, target, entry, reason)
  if redis.call('SADD', KEYS[bucket], fingerprint) == 0 and (reason ~= '' or not lift(entry)) then
    return
  end
  if reason == '' and max_pages >= 0 and total >= max_pages then
    reason = 'max_pages'
  end
  if reason ~= '' then
    exclude(url_of(entry), reason)
    return
  end
  total = total + 1
  local length = redis.call('RPUSH', KEYS[target.queue], entry)
  if length == 1 then
    redis.call('SADD', KEYS[6], target.name)
    if target.queue > own_keys then
      redis.call('PUBLISH', ARGV[7], ARGV[8] .. ' ' .. target.name)
    end
  end
end

local function join(authorities)
  for authority in string.gmatch(authorities, '%S+') do
    if not string.find(' ' .. joined .. ' ', ' ' .. authority .. ' ', 1, true) then
      joined = joined == '' and authority or (joined .. ' ' .. authority)
      redis.call('HSET', KEYS[1], 'joined', joined)
    end
  end
end

-- Hosts in trouble: not before (ms), URLs that failed in a row, pauses meanwhile (ms), state,
-- reason, and until when the host asked to be left alone (ms).
-- States: '-' its last URL failed, 'a' it asked to be left alone, 'b' backed off, 'p' parked,
-- 'g' given up. A host without a record is well.
local hosts = {}

local function host_record(host)
  local record = hosts[host]
  if not record then
    local f = {}
    for field in string.gmatch(redis.call('HGET', KEYS[7], host) or '', '%S+') do
      f[#f + 1] = field
    end
    record = {not_before = tonumber(f[1]) or 0, failures = tonumber(f[2]) or 0,
      waited = tonumber(f[3]) or 0, state = f[4] or '-', reason = f[5] or '-',
      asked_until = tonumber(f[6]) or 0}
    hosts[host] = record
  end
  return record
end

local function keep_record(host, record)
  if record.failures > 0 or record.not_before > now then
    redis.call('HSET', KEYS[7], host, table.concat({record.not_before, record.failures,
      record.waited, record.state, record.reason, record.asked_until}, ' '))
  else
    redis.call('HDEL', KEYS[7], host)
  end
end

-- What the host asked for itself is left.
local function well(host, record)
  record.failures, record.waited, record.not_before = 0, 0, record.asked_until
  record.state = record.asked_until > now and 'a' or '-'
  keep_record(host, record)
end

local function troubled(host, record, counts, reason, asked)
  local backed_off, pause = false, asked
  if counts and record.not_before <= now then -- else the request was under way before the pause
    record.failures = record.failures + 1
    if record.failures >= limit then
      backed_off = true
      pause = math.max(pause, math.min(longest, 1000 * 2 ^ math.min(record.failures - limit, 30)))
    end
  end
  local added = math.max(0, now + pause - math.max(now, record.not_before))
  if record.failures > 0 then
    record.waited = record.waited + added
  end
  local asked_more = asked > 0 and now + asked > record.asked_until
  if asked_more then
    record.asked_until = now + asked
  end
  record.not_before = math.max(record.not_before, now + pause)
  record.reason = reason ~= '' and reason or record.reason
  if record.failures >= limit and record.waited >= give_up then
    record.state = 'g'
  elseif backed_off then
    record.state = pause >= longest and 'p' or 'b'
  elseif record.failures < limit then
    record.state = record.not_before > now and 'a' or '-'
  end
  keep_record(host, record)
  if (added > 0 or asked_more) and redis.call('SISMEMBER', KEYS[11], host) == 1 then
    redis.call('PUBLISH', ARGV[7] .. ':pauses', table.concat({ARGV[8], record.not_before - now,
      math.max(0, record.asked_until - now), host}, ' '))
  end
end

local function report(host, kind, reason, pause)
  local record = host_record(host)
  if kind == 'w' then
    well(host, record)
  else
    troubled(host, record, kind == 'c', reason, pause)
  end
end

-- 1. All outcomes and links of the lanes that are held, and the leases.
local lanes = {}
for i = 1, lane_count do
  local keys = 12 + 4 * (i - 1)
  local lane = {keys = keys, host = arg(), claims = tonumber(arg())}
  local joins, spreads = arg(), arg()
  local reports, outcomes, links = tonumber(arg()), tonumber(arg()), tonumber(arg())
  lane.held = redis.call('HGET', KEYS[keys], 'holder') == ARGV[2]
  if lane.held then
    redis.call('HSET', KEYS[keys], 'until', now + tonumber(ARGV[4]))
    join(joins)
    if spreads ~= '' then
      redis.call('SADD', KEYS[11], lane.host)
    end
    for _ = 1, reports do
      report(lane.host, arg(), arg(), tonumber(arg()))
    end
    for _ = 1, outcomes do
      settle(keys, arg(), arg(), arg(), arg())
    end
    for _ = 1, links do
      admit(arg(), tonumber(arg()), targets[tonumber(arg())], arg(), arg())
    end
  else
    at = at + 3 * reports + 4 * outcomes + 5 * links
  end
  lanes[i] = lane
end

-- 2. The dedupe sets grow by one bucket at a time (linear hashing, mean load 200).
local function low_bits(fingerprint, modulus)
  local negative = string.sub(fingerprint, 1, 1) == '-'
  local rest = 0
  for digits in string.gmatch(fingerprint, '%d%d?%d?%d?%d?%d?%d?') do
    rest = (rest * 10 ^ #digits + tonumber(digits)) % modulus
  end
  return negative and (modulus - rest) % modulus or rest
end

local function split(from_key, to_key, modulus, to)
  local moved = {}
  for _, fingerprint in ipairs(redis.call('SMEMBERS', from_key)) do
    if low_bits(fingerprint, modulus) == to then
      moved[#moved + 1] = fingerprint
    end
  end
  for first = 1, #moved, 1000 do
    local last = math.min(first + 999, #moved)
    redis.call('SADD', to_key, unpack(moved, first, last))
    redis.call('SREM', from_key, unpack(moved, first, last))
  end
end

local splits = tonumber(ARGV[9])
local first_split = #KEYS - 2 * splits + 1
local grown = buckets
while total + excluded > 200 * grown and grown - buckets < splits do
  local modulus = 1
  while modulus <= grown do
    modulus = modulus * 2
  end
  local key = first_split + 2 * (grown - buckets)
  split(KEYS[key], KEYS[key + 1], modulus, grown)
  grown = grown + 1
end
if grown > buckets then
  redis.call('HSET', KEYS[1], 'buckets', grown)
end

-- 3. The counters, and whether the crawl is done.
if gone or landed > 0 or total ~= total_before then
  write_counters(KEYS[2], total, KEYS[3], crawled, KEYS[4], failed, gone)
  redis.call('HINCRBY', KEYS[1], 'bytes', bytes)
end
if excluded ~= excluded_before then
  redis.call('HSET', KEYS[1], 'excluded', excluded)
end
local status = conclude(KEYS[1], KEYS[10], now, total, crawled, failed)

-- 4. Claims: retries that are due, then the queue's head; of a host in trouble the other way round,
-- so that pages that fail hold up no others, and one at a time while it is backed off.
local claimed = 0

local function into_flight(keys, entry, verdict)
  redis.call('HSET', KEYS[keys + 2], string.match(entry, '^[^\t]*'), entry)
  claimed = claimed + 1
  verdict[#verdict + 1] = entry
end

local function claim_due(keys, count, verdict)
  if count > 0 then
    for _, entry in ipairs(redis.call('ZRANGEBYSCORE', KEYS[keys + 3], '-inf', now, 'LIMIT', 0, count)) do
      redis.call('ZREM', KEYS[keys + 3], entry)
      into_flight(keys, entry, verdict)
    end
  end
end

local function claim_queued(keys, count, verdict)
  if count > 0 then
    for _, entry in ipairs(redis.call('LPOP', KEYS[keys + 1], count) or {}) do
      into_flight(keys, entry, verdict)
    end
  end
end

-- Gives the lane's verdict: what is claimed comes after four numbers.
local function claim(lane)
  local host = host_record(lane.host)
  local given_up = host.state == 'g'
  local blocked = given_up and 0 or math.max(0, host.not_before - now)
  local verdict = {-1, given_up and 2 or host.failures > 0 and 1 or 0, blocked,
    math.max(0, host.asked_until - now)}
  local keys, count = lane.keys, lane.claims
  if count == 0 then
    return verdict
  end
  if blocked > 0 then
    verdict[1] = blocked
    return verdict
  end
  if verdict[2] == 1 then
    count = host.failures >= limit and 1 or count
    claim_queued(keys, count, verdict)
    claim_due(keys, count - (#verdict - 4), verdict)
  else
    claim_due(keys, count, verdict)
    claim_queued(keys, count - (#verdict - 4), verdict)
  end
  if #verdict - 4 < count then
    local next_due = redis.call('ZRANGE', KEYS[keys + 3], 0, 0, 'WITHSCORES')
    if next_due[2] then
      verdict[1] = math.max(1, tonumber(next_due[2]) - now)
    end
  end
  return verdict
end

local reply = {'ok', status, grown, joined}
for i, lane in ipairs(lanes) do
  if not lane.held then
    reply[4 + i] = {'lost'}
  elseif status == 'crawling' then
    reply[4 + i] = claim(lane)
  else
    reply[4 + i] = {-1, 0, 0, 0}
  end
end
if claimed ~= landed then
  redis.call('HINCRBY', KEYS[1], 'inflight', claimed - landed)
end
return reply
