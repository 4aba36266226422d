module transom.example/benches

go 1.26.0

require (
	github.com/mennanov/fmutils v0.3.6
	go.einride.tech/aip v0.86.3
	google.golang.org/genproto/googleapis/api v0.0.0-20250528174236-200df99c418a
	google.golang.org/protobuf v1.36.12
)

require google.golang.org/genproto/googleapis/rpc v0.0.0-20250528174236-200df99c418a // indirect

tool google.golang.org/protobuf/cmd/protoc-gen-go
