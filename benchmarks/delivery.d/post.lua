-- Posts the lines of the file BODIES in turn, and says at the end: requests a second, p50 and p99 in ms, failed requests.
local lines = {}
for line in io.lines(os.getenv("BODIES")) do
  lines[#lines + 1] = line
end
local place = 0
local headers = { ["Content-Type"] = "application/json" }

request = function()
  place = place % #lines + 1
  return wrk.format("POST", nil, headers, lines[place])
end

done = function(summary, latency)
  local errors = summary.errors
  print(string.format(
    "measured %.1f %.4f %.4f %d", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
