// Filters and orders of a list with aip-go.
//
// The folder holds the texts, and what they must come to.
package main

import "transom.example/benches/rounds"

func main() {
	rounds.Serve(contestants)
}
