-- rest: what is noted of a store that was found empty.
-- KEYS 1 metadata (hash)
-- Replies {} where nothing is noted, else {age (ms), rest left (ms; -1: until it is ended), commands,
-- time of the oldest (ms)}.
local noted = redis.call('HMGET', KEYS[1],
  'emptyFoundAt', 'restUntil', 'emptyCommands', 'emptyOldest')
if not noted[1] then
  return {}
end
local now = now_ms()
local left = noted[2] == '-1' and -1 or math.max(0, tonumber(noted[2]) - now)
return {now - tonumber(noted[1]), left, tonumber(noted[3]), tonumber(noted[4])}
