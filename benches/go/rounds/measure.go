package rounds

import (
	"runtime"
	"time"
)

// Batch is how many calls are made between two looks at the clock.
const Batch = 256

// measure calls a contestant for the given time, and returns nanoseconds and
// allocations a call. What it does to prepare its batches is not in either.
func measure(contestant Contestant, budget time.Duration) (nanoseconds, allocations float64) {
	// What ran before left its traces in caches and predictors.
	run(contestant, budget/8)
	spent, calls := run(contestant, budget)
	prepare(contestant)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for call := range Batch {
		contestant.Call(call)
	}
	runtime.ReadMemStats(&after)
	mallocs := after.Mallocs - before.Mallocs
	return float64(spent.Nanoseconds()) / float64(calls), float64(mallocs) / Batch
}

// run calls a contestant for the given time, and returns how long its calls
// took, and how many they were.
func run(contestant Contestant, budget time.Duration) (spent time.Duration, calls uint64) {
	for start := time.Now(); calls == 0 || time.Since(start) < budget; calls += Batch {
		prepare(contestant)
		began := time.Now()
		for call := range Batch {
			contestant.Call(call)
		}
		spent += time.Since(began)
	}
	return spent, calls
}

// prepare makes what a batch of calls needs.
func prepare(contestant Contestant) {
	if contestant.Prepare != nil {
		contestant.Prepare()
	}
}
