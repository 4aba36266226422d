package interop

// Metadata, deadlines, cancellation and compression.

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/stats"

	pb "transom.example/interop/ecommercepb"
)

func TestMetadataGoesInAndComesOut(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	user := createUser(t, users, "John Doe")
	ctx := metadata.NewOutgoingContext(within(t, 5), metadata.Pairs("x-request-id", "abc-123"))
	var header, trailer metadata.MD
	must(users.GetUser(ctx, &pb.GetUserRequest{UserId: user.UserId}, grpc.Header(&header), grpc.Trailer(&trailer)))(t)
	if got := header.Get("x-request-id"); len(got) != 1 || got[0] != "abc-123" {
		t.Errorf("x-request-id is %v", got)
	}
	if len(header.Get("server-version")) != 1 {
		t.Errorf("no server-version in %v", header)
	}
	if len(trailer.Get("x-duration-us")) != 1 {
		t.Errorf("no x-duration-us in %v", trailer)
	}
}

func TestServerSeesTheDeadline(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	user := createUser(t, users, "John Doe")
	var header metadata.MD
	must(users.GetUser(within(t, 20), &pb.GetUserRequest{UserId: user.UserId}, grpc.Header(&header)))(t)
	closeTo20Seconds(t, header)
}

func closeTo20Seconds(t *testing.T, header metadata.MD) {
	t.Helper()
	values := header.Get("x-deadline-ms")
	if len(values) != 1 {
		t.Fatalf("x-deadline-ms is %v", values)
	}
	// grpcio, where it passes a deadline on, rounds it up a little.
	if remaining := must(strconv.Atoi(values[0]))(t); remaining <= 10_000 || remaining >= 21_000 {
		t.Errorf("%d ms remain", remaining)
	}
}

func TestDeadlinePropagatesDownstream(t *testing.T) {
	// The user lives on the server behind the one that is called.
	user := createUser(t, pb.NewUserServiceClient(dial(t, "PLAIN")), "John Doe")
	front := pb.NewUserServiceClient(dial(t, "FRONT"))
	ctx := metadata.AppendToOutgoingContext(within(t, 20), "x-forward", "true")
	var header metadata.MD
	must(front.GetUser(ctx, &pb.GetUserRequest{UserId: user.UserId}, grpc.Header(&header)))(t)
	closeTo20Seconds(t, header)
}

func TestDeadlineEndsACallWhoseDownstreamIsStuck(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "STUCK"))
	started := time.Now()
	ctx := metadata.AppendToOutgoingContext(within(t, 0.5), "x-forward", "true")
	_, err := users.GetUser(ctx, &pb.GetUserRequest{UserId: "any"})
	wantCode(t, err, codes.DeadlineExceeded)
	if waited := time.Since(started); waited > 5*time.Second {
		t.Errorf("waited %v", waited)
	}
}

func TestCancelledCallIsCancelled(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "STUCK"))
	ctx, cancel := context.WithCancel(metadata.AppendToOutgoingContext(context.Background(), "x-forward", "true"))
	time.AfterFunc(200*time.Millisecond, cancel)
	_, err := users.GetUser(ctx, &pb.GetUserRequest{UserId: "any"})
	wantCode(t, err, codes.Canceled)
}

// compression notes how the answers of a connection were compressed.
type compression struct {
	mutex    sync.Mutex
	encoding string
	wire     int
	plain    int
}

func (c *compression) HandleRPC(_ context.Context, event stats.RPCStats) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	switch event := event.(type) {
	case *stats.InHeader:
		c.encoding = event.Compression
	case *stats.InPayload:
		c.wire, c.plain = event.CompressedLength, event.Length
	}
}

func (*compression) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context   { return ctx }
func (*compression) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }
func (*compression) HandleConn(context.Context, stats.ConnStats)                       {}

func TestGzipBothWays(t *testing.T) {
	seen := &compression{}
	users := pb.NewUserServiceClient(dial(t, "PLAIN",
		grpc.WithStatsHandler(seen),
		grpc.WithDefaultCallOptions(grpc.UseCompressor(gzip.Name)),
	))
	name := strings.Repeat("Ada ", 10_000)
	if got := createUser(t, users, name).Name; got != name {
		t.Errorf("the name came back with %d bytes", len(got))
	}
	seen.mutex.Lock()
	defer seen.mutex.Unlock()
	if seen.encoding != gzip.Name || seen.wire >= seen.plain {
		t.Errorf("the answer is %q, %d bytes for %d", seen.encoding, seen.wire, seen.plain)
	}
}
