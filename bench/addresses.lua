-- wrk script: asks for the addresses of a file one after another; each thread begins elsewhere. WRK_ADDRESSES names the file.
-- WRK_PAUSE: milliseconds between two requests of a connection, spread evenly between nothing and twice as much.
local addresses, at = {}, 0
for address in io.lines(os.getenv("WRK_ADDRESSES")) do addresses[#addresses + 1] = address end
local pause = tonumber(os.getenv("WRK_PAUSE") or "0")

local threads = 0
function setup(thread)
	thread:set("first", threads * 37)
	threads = threads + 1
end

function init()
	at = first
	math.randomseed(first + 1)
	if pause == 0 then delay = nil end
end

function delay() return math.random(0, 2 * pause) end

function request()
	at = at + 1
	return wrk.format("GET", addresses[at % #addresses + 1])
end

-- 2xx only: a server that refuses is quick
function done(summary, latency)
	io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
		summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
		latency:percentile(50), latency:percentile(99)))
end
