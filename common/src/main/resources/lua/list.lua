-- list: part of a list of seeds, the latest first.
-- KEYS 1 a zset of seeds by time (ms)
-- ARGV 1 time and 2 seed after which to go on ('' to begin), 3 what a seed contains ('' for all),
--      4 limit, 5 most seeds to look at
-- Replies {time, seed, found …}: where the next page begins, '' and '' after the last seed.
local after_time, after_seed, part = ARGV[1], ARGV[2], ARGV[3]
local limit, most = tonumber(ARGV[4]), tonumber(ARGV[5])
local at = 0

-- By bytes, as Redis orders them; Lua's own order is that of the locale.
local function precedes(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then
      return x < y
    end
  end
  return #a < #b
end

-- 1. Past the place, which may be among many seeds of one instant.
if after_time ~= '' then
  at = redis.call('ZCOUNT', KEYS[1], '(' .. after_time, '+inf')
  local ties = redis.call('ZCOUNT', KEYS[1], after_time, after_time)
  local there = ties > 0 and redis.call('ZREVRANGE', KEYS[1], at, at + ties - 1) or {}
  for _, seed in ipairs(there) do
    if precedes(seed, after_seed) then
      break
    end
    at = at + 1
  end
end

-- 2. What there is from there on.
local reply = {'', ''}
local last = at + most
while at < last do
  local some = redis.call('ZREVRANGE', KEYS[1], at, math.min(at + 999, last - 1))
  if #some == 0 then
    return reply
  end
  for i, seed in ipairs(some) do
    if string.find(seed, part, 1, true) then
      reply[#reply + 1] = seed
    end
    if #reply == 2 + limit or at + i == last then
      reply[1], reply[2] = redis.call('ZSCORE', KEYS[1], seed), seed
      return reply
    end
  end
  at = at + #some
end
return reply
