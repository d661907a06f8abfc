-- release: gives lanes back; what is in flight returns to the head of their queues.
-- KEYS 1 meta, 2 session, then for each lane: lane, queue, inflight
-- ARGV 1 crawlId, 2 session id, 3 seq, 4 session TTL (ms), 5 announcement channel, 6 seed,
--      then the lanes' names
-- Replies 'gone', 'stale' or 'ok'.
local refused = refusal(KEYS[1], KEYS[2], ARGV[1], ARGV[3])
if refused then
  return refused
end
accept(KEYS[2], ARGV[4])
local back = 0
for i = 3, #KEYS, 3 do
  if redis.call('HGET', KEYS[i], 'holder') == ARGV[2] then
    back = back + requeue(KEYS[i + 1], KEYS[i + 2])
    redis.call('DEL', KEYS[i])
    redis.call('PUBLISH', ARGV[5], ARGV[6] .. ' ' .. ARGV[7 + (i - 3) / 3])
  end
end
if back > 0 then
  redis.call('HINCRBY', KEYS[1], 'inflight', -back)
end
return 'ok'
