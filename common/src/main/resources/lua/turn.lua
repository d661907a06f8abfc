-- turn: settles outcomes, takes in links, renews leases and claims, for lanes of one session.
-- KEYS 1 meta, 2 total, 3 crawled, 4 failed, 5 session, 6 lanes (set), 7 hosts, 8 failures,
--      9 excluded, 10 history, 11 hosts that are spread (set); for each lane: lane, queue, inflight, delayed; then, as ARGV numbers
--      them: queues of further lanes, dedupe buckets; last two buckets for each split that may fall due
-- ARGV 1 crawlId, 2 session id, 3 seq, 4 lease (ms), 5 session TTL (ms), 6 buckets that the caller
--      reckons with, 7 announcement channel, 8 seed, 9 splits given in KEYS, 10 number of lanes,
--      11 number of target lanes, for each its name and the number of its queue among KEYS;
--      then for each lane: host, claims, pause of the host (ms, 0 none), authorities that join
--      (by spaces), '1' where the host's lanes may be spread, number of outcomes, number of links;
--        each outcome: fingerprint, kind, two values:
--          'c' crawled: bytes, ''                      'f' failed: URL, reason, status, attempts, referrer by tabs
--          'x' excluded: URL, reason                   'r' retry: entry, delay (ms)
--          'w' withdrawn: number of its bucket among KEYS, ''
--        each link: fingerprint, number of its bucket among KEYS, number of its target lane, entry,
--          reason for exclusion ('' to admit)
-- Replies {'gone'}, {'stale'}, {'buckets', number} (nothing was done), or {'ok', status, buckets,
-- joined, a verdict for each lane}: {"lost"}, or {ms until more is due or -1, claimed entries …}.
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
local counters = redis.call('MGET', KEYS[2], KEYS[3], KEYS[4])
local total, crawled, failed = tonumber(counters[1]), tonumber(counters[2]), tonumber(counters[3])
local bytes, landed, excluded_before = 0, 0, excluded
local at = 11
local function arg()
  at = at + 1
  return ARGV[at]
end

local lane_count = tonumber(ARGV[10])
local targets = {}
for i = 1, tonumber(ARGV[11]) do
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

local function pause_host(host, ms)
  if ms > 0 then
    local before = string.match(redis.call('HGET', KEYS[7], host) or '0', '^%d+')
    if now + ms > tonumber(before) then
      redis.call('HSET', KEYS[7], host, (now + ms) .. ' pause')
    end
  end
end

-- 1. All outcomes and links of the lanes that are held, and the leases.
local lanes = {}
for i = 1, lane_count do
  local keys = 12 + 4 * (i - 1)
  local lane = {keys = keys, host = arg(), claims = tonumber(arg())}
  local pause, joins, spreads = tonumber(arg()), arg(), arg()
  local outcomes, links = tonumber(arg()), tonumber(arg())
  lane.held = redis.call('HGET', KEYS[keys], 'holder') == ARGV[2]
  if lane.held then
    redis.call('HSET', KEYS[keys], 'until', now + tonumber(ARGV[4]))
    pause_host(lane.host, pause)
    join(joins)
    if spreads ~= '' then
      redis.call('SADD', KEYS[11], lane.host)
    end
    for _ = 1, outcomes do
      settle(keys, arg(), arg(), arg(), arg())
    end
    for _ = 1, links do
      admit(arg(), tonumber(arg()), targets[tonumber(arg())], arg(), arg())
    end
  else
    at = at + 4 * outcomes + 5 * links
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
if landed > 0 or total ~= tonumber(counters[1]) then
  redis.call('MSET', KEYS[2], total, KEYS[3], crawled, KEYS[4], failed)
  redis.call('HINCRBY', KEYS[1], 'bytes', bytes)
end
if excluded ~= excluded_before then
  redis.call('HSET', KEYS[1], 'excluded', excluded)
end
local status = conclude(KEYS[1], KEYS[10], now, total, crawled, failed)

-- 4. Claims: retries that are due, then the queue's head.
local claimed = 0

local function into_flight(keys, entry)
  redis.call('HSET', KEYS[keys + 2], string.match(entry, '^[^\t]*'), entry)
  claimed = claimed + 1
end

local function claim(lane)
  local verdict = {-1}
  local keys = lane.keys
  if lane.claims == 0 then
    return verdict
  end
  local blocked = tonumber(string.match(redis.call('HGET', KEYS[7], lane.host) or '0', '^%d+'))
  if blocked > now then
    verdict[1] = blocked - now
    return verdict
  end
  local due = redis.call('ZRANGEBYSCORE', KEYS[keys + 3], '-inf', now, 'LIMIT', 0, lane.claims)
  for _, entry in ipairs(due) do
    redis.call('ZREM', KEYS[keys + 3], entry)
    into_flight(keys, entry)
    verdict[#verdict + 1] = entry
  end
  if #due < lane.claims then
    local waiting = redis.call('LPOP', KEYS[keys + 1], lane.claims - #due)
    for _, entry in ipairs(waiting or {}) do
      into_flight(keys, entry)
      verdict[#verdict + 1] = entry
    end
  end
  if #verdict - 1 < lane.claims then
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
    reply[4 + i] = {-1}
  end
end
if claimed ~= landed then
  redis.call('HINCRBY', KEYS[1], 'inflight', claimed - landed)
end
return reply
