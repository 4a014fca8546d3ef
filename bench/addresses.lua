-- addresses.lua: for wrk: asks for the addresses of a file one after another.
--   WRK_ADDRESSES   the file
--   WRK_FROM        where to begin, so that a round goes on where the last one ended
--   WRK_PAUSE       microseconds between two requests of a connection, spread evenly between nothing and twice as much
--   WRK_AGAIN       a parameter that the page ignores: from the second time around it is added with a number, so that no address comes twice
-- Use one thread: two would ask for the same addresses.
local addresses, at, around = {}, tonumber(os.getenv("WRK_FROM") or "0"), 0
for address in io.lines(os.getenv("WRK_ADDRESSES")) do addresses[#addresses + 1] = address end
local pause, again = tonumber(os.getenv("WRK_PAUSE") or "0"), os.getenv("WRK_AGAIN") or ""

function init()
	math.randomseed(1)
	around = math.floor(at / #addresses)
	if pause == 0 then delay = nil end
end

function delay() return math.floor(math.random() * 2 * pause / 1000 + 0.5) end

function request()
	local address = addresses[at % #addresses + 1]
	at = at + 1
	if at % #addresses == 1 and at > 1 then around = around + 1 end
	if again ~= "" and around > 0 then address = address .. "?" .. again .. "=" .. around end
	return wrk.format("GET", address)
end

function done(summary, latency)
	io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
		summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
		latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
