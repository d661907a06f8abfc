-- note: commands under their seeds, and the partition's next offset, in one step.
-- KEYS 1 offsets (hash), 2 active (hash), 3 seeds (zset)
-- ARGV 1 partition, 2 topic id, 3 offset that the caller takes for the stored one (0: none for this
--      topic id), 4 next offset, then for each command: seed, line (position, tab, JSON)
-- Replies -1 where noted, else the stored offset (nothing was done).
local stored = redis.call('HGET', KEYS[1], ARGV[1])
local known = '0'
if stored then
  local topic, offset = string.match(stored, '^(.*):(%d+)$')
  if topic == ARGV[2] then
    known = offset
  end
end
if known ~= ARGV[3] then
  return tonumber(known)
end
local now = now_ms()
for i = 5, #ARGV, 2 do
  local seed, line = ARGV[i], ARGV[i + 1]
  local noted = redis.call('HGET', KEYS[2], seed) or ''
  local position = string.match(line, '^[^\t]*\t')
  if not string.find('\n' .. noted, '\n' .. position, 1, true) then
    redis.call('HSET', KEYS[2], seed, noted == '' and line or (noted .. '\n' .. line))
  end
  redis.call('ZADD', KEYS[3], 'NX', now, seed)
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ':' .. ARGV[4])
return -1
