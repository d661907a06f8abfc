-- list: part of a list of seeds, the latest first.
-- KEYS 1 a zset of seeds by time (ms)
-- ARGV 1 time and 2 seed after which to go on ('' to begin), 3 what a seed contains ('' for all),
--      4 limit, 5 most seeds to look at
-- Replies {time, seed, found …}: where the next page begins, '' and '' after the last seed.
local after_time, after_seed, part = ARGV[1], ARGV[2], ARGV[3]
local limit, most = tonumber(ARGV[4]), tonumber(ARGV[5])
local at, looked = 0, 0
if after_time ~= '' then
  at = redis.call('ZCOUNT', KEYS[1], '(' .. after_time, '+inf')
end
local reply = {'', ''}

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

while true do
  local some = redis.call('ZREVRANGE', KEYS[1], at, at + 499, 'WITHSCORES')
  for i = 1, #some, 2 do
    local seed, time = some[i], some[i + 1]
    if time ~= after_time or precedes(seed, after_seed) then
      looked = looked + 1
      if string.find(seed, part, 1, true) then
        reply[#reply + 1] = seed
      end
      if #reply == 2 + limit or looked == most then
        reply[1], reply[2] = time, seed
        return reply
      end
    end
  end
  if #some == 0 then
    return reply
  end
  at = at + #some / 2
end
