package main

import (
	"runtime"
	"time"
)

// batch is how many calls are made between two looks at the clock.
const batch = 256

// measure calls a contestant for the given time, and returns nanoseconds and
// allocations a call. What it does to prepare its batches is not in either.
func measure(contestant contestant, budget time.Duration) (nanoseconds, allocations float64) {
	var spent time.Duration
	var calls, mallocs uint64
	var before, after runtime.MemStats
	for start := time.Now(); time.Since(start) < budget; {
		if contestant.prepare != nil {
			contestant.prepare()
		}
		began := time.Now()
		for call := range batch {
			contestant.call(call)
		}
		spent += time.Since(began)
		calls += batch
	}
	if contestant.prepare != nil {
		contestant.prepare()
	}
	runtime.ReadMemStats(&before)
	for call := range batch {
		contestant.call(call)
	}
	runtime.ReadMemStats(&after)
	mallocs = after.Mallocs - before.Mallocs
	return float64(spent.Nanoseconds()) / float64(calls), float64(mallocs) / batch
}
