-- mark: shows a crawl as queued until it is opened; for display alone.
-- KEYS 1 meta, 2 queued   ARGV 1 crawlId, 2 the open command as JSON
if redis.call('HGET', KEYS[1], 'crawlId') ~= ARGV[1] then
  redis.call('SET', KEYS[2], ARGV[2], 'EX', 86400)
end
return 0
