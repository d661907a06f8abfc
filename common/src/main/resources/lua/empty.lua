-- empty: notes that the store was found empty, unless that is noted; or ends the rest.
-- KEYS 1 metadata (hash)
-- ARGV to note it: 1 rest (ms; -1: until it is ended), 2 commands, 3 time of the oldest (ms);
--      to end the rest: none
-- Replies 1 where this call changed something, else 0.
local now = now_ms()
local noted = redis.call('HMGET', KEYS[1], 'emptyFoundAt', 'restUntil')
if #ARGV == 0 then
  local rests = noted[2] and (noted[2] == '-1' or tonumber(noted[2]) > now)
  if rests then
    redis.call('HSET', KEYS[1], 'restUntil', now)
  end
  return rests and 1 or 0
end
if noted[1] then
  return 0
end
local rest = tonumber(ARGV[1])
redis.call('HSET', KEYS[1], 'emptyFoundAt', now, 'restUntil', rest < 0 and -1 or now + rest,
  'emptyCommands', ARGV[2], 'emptyOldest', ARGV[3])
return 1
