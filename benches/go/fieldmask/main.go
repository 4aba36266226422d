// Updates under a field mask with the libraries of Go.
//
// The folder holds the messages, serialized: the stored book, two sources, the
// mask, and what updates and projection must result in.
package main

import "transom.example/benches/rounds"

func main() {
	rounds.Serve(contestants)
}
