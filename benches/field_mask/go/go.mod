module transom.example/benches

go 1.26.0

require (
	github.com/mennanov/fmutils v0.3.6
	go.einride.tech/aip v0.86.3
	google.golang.org/protobuf v1.36.12
)

tool google.golang.org/protobuf/cmd/protoc-gen-go
