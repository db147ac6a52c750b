-- Posts the reports of the file CREATE_BODIES, a line each, every one with a fresh key.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init()
  bodies = {}
  for line in io.lines(os.getenv("CREATE_BODIES")) do bodies[#bodies + 1] = line end
  count = 0
  headers = {
    ["Content-Type"] = "application/json",
    ["Authorization"] = "Bearer " .. os.getenv("CREATE_TOKEN"),
  }
end

function request()
  count = count + 1
  headers["Idempotency-Key"] = os.getenv("CREATE_RUN") .. "-" .. number .. "-" .. count
  return wrk.format("POST", "/api/v1/cases", headers, bodies[(count + number * 97) % #bodies + 1])
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, failed))
end
