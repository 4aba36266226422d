// Package rounds measures contestants in turns with the Rust program that
// starts this one.
package rounds

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"time"
)

// Contestant is one way to do one thing.
type Contestant struct {
	Name string
	// Prepare, where there is one, makes what a batch of calls consumes.
	Prepare func()
	// Call does the thing; its argument counts from 0 in each batch.
	Call func(int)
	// Check compares a result with the expected one.
	Check func() error
}

// Serve is the whole program. Its argument is a folder, of which contestants
// reads what it is to work on.
//
// A result that differs from the expected one is an error. Each number on a
// line of standard input, in microseconds, is the time to spend on each
// contestant of one round; the answer is a line `NAME NANOSECONDS ALLOCATIONS`
// a contestant, and an empty line.
func Serve(contestants func(folder string) ([]Contestant, error)) {
	if err := serve(contestants); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[0], err)
		os.Exit(1)
	}
}

func serve(contestants func(folder string) ([]Contestant, error)) error {
	if len(os.Args) != 2 {
		return fmt.Errorf("usage: %s FOLDER", os.Args[0])
	}
	all, err := contestants(os.Args[1])
	if err != nil {
		return err
	}
	for _, contestant := range all {
		if err := contestant.Check(); err != nil {
			return fmt.Errorf("%s: %w", contestant.Name, err)
		}
	}
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		budget, err := strconv.Atoi(lines.Text())
		if err != nil {
			return err
		}
		for _, contestant := range all {
			nanoseconds, allocations := measure(contestant, time.Duration(budget)*time.Microsecond)
			fmt.Printf("%s %.1f %.2f\n", contestant.Name, nanoseconds, allocations)
		}
		fmt.Println()
	}
	return lines.Err()
}
