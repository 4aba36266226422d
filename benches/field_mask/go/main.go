// Updates under a field mask with the libraries of Go, measured in turns with
// the Rust program that starts this one.
//
// Usage: fieldmask FOLDER
//
// FOLDER holds the messages, serialized: the stored book, two sources, the
// mask, and what updates and projection must result in. A result that differs
// is an error. Each number on a line of standard input, in microseconds, is the
// time to spend on each contestant of one round; the answer is a line
// `NAME NANOSECONDS ALLOCATIONS` a contestant, and an empty line.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"time"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "fieldmask:", err)
		os.Exit(1)
	}
}

func serve() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("usage: fieldmask FOLDER")
	}
	messages, err := read(os.Args[1])
	if err != nil {
		return err
	}
	all := contestants(messages)
	for _, contestant := range all {
		if err := contestant.check(); err != nil {
			return fmt.Errorf("%s: %w", contestant.name, err)
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
			fmt.Printf("%s %.1f %.2f\n", contestant.name, nanoseconds, allocations)
		}
		fmt.Println()
	}
	return lines.Err()
}
